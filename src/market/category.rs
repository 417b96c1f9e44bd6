//! The categories of the national vocational programme catalogue.

use super::ProgrammeCode;
use crate::language::vocabulary;

vocabulary! {
    /// A category of programmes (专业大类), the same at every level. Source: national vocational programme catalogue, 2021.
    Category {
        /// 1.
        Agriculture = "agriculture", "agriculture, forestry, animal husbandry and fishery", "农林牧渔";
        /// 2.
        Resources = "resources", "resources, environment and safety", "资源环境与安全";
        /// 3.
        Energy = "energy", "energy, power and materials", "能源动力与材料";
        /// 4.
        Construction = "construction", "civil engineering and construction", "土木建筑";
        /// 5.
        Water = "water", "water conservancy", "水利";
        /// 6.
        Equipment = "equipment", "equipment manufacturing", "装备制造";
        /// 7.
        Chemistry = "chemistry", "biology and chemical engineering", "生物与化工";
        /// 8.
        LightIndustry = "light_industry", "light industry and textiles", "轻工纺织";
        /// 9.
        Food = "food", "food, medicine and grain", "食品药品与粮食";
        /// 10.
        Transport = "transport", "transport", "交通运输";
        /// 11.
        Electronics = "electronics", "electronics and information", "电子与信息";
        /// 12.
        Health = "health", "medicine and health", "医药卫生";
        /// 13.
        Commerce = "commerce", "finance and commerce", "财经商贸";
        /// 14.
        Tourism = "tourism", "tourism", "旅游";
        /// 15.
        Arts = "arts", "culture and arts", "文化艺术";
        /// 16.
        Media = "media", "news and media", "新闻传播";
        /// 17.
        Education = "education", "education and sports", "教育与体育";
        /// 18.
        Justice = "justice", "public security and justice", "公安与司法";
        /// 19.
        PublicService = "public_service", "public administration and services", "公共管理与服务";
    }
}

impl Category {
    /// The category of a programme; none for a code beyond the 19.
    ///
    /// ```
    /// use talent_match::market::Category;
    ///
    /// assert_eq!(Category::of("460305".parse()?), Some(Category::Equipment));
    /// assert_eq!(Category::of("660301".parse()?), Some(Category::Equipment));
    /// # Ok::<(), talent_match::market::BadCode>(())
    /// ```
    #[must_use]
    pub fn of(code: ProgrammeCode) -> Option<Self> {
        Self::ALL.get(usize::from(code.category()).checked_sub(1)?).copied()
    }
}
