//! What is wrong with an input: every fault at once, each with a stable code, its place and what to do.

use std::fmt;

use crate::language::{Language, Words};

/// Declares the fault codes with their words.
macro_rules! fault_codes {
    ($($(#[$doc:meta])* $name:ident = $code:literal, $en:literal, $zh:literal;)+) => {
        /// What is wrong. The code is stable; the words may be improved.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum FaultCode { $($(#[$doc])* $name,)+ }

        impl FaultCode {
            /// Every code, in order.
            pub const ALL: &'static [Self] = &[$(Self::$name),+];

            /// The stable code, such as `M202`.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self { $(Self::$name => $code),+ }
            }

            const fn words(self) -> Words {
                match self { $(Self::$name => Words::new($en, $zh)),+ }
            }
        }
    };
}

fault_codes! {
    /// A file or folder cannot be read.
    Unreadable = "M001", "cannot be read: {value}. Check the path and its permissions.", "无法读取：{value}。请检查路径和权限。";
    /// Text that is not UTF-8.
    NotUtf8 = "M002", "is not UTF-8 text. Save it as UTF-8.", "不是 UTF-8 文本。请以 UTF-8 编码保存。";
    /// A required table is not there.
    MissingTable = "M003", "is missing. Add it; it may be empty of rows.", "缺少该表。请补上，可以没有数据行。";
    /// A table or column nobody knows.
    UnknownName = "M004", "`{value}` is not known here. Known: {allowed}.", "不认识“{value}”。可用：{allowed}。";
    /// A required column is not there.
    MissingColumn = "M005", "the column `{value}` is missing. Add it to the header.", "缺少列“{value}”。请在表头补上。";
    /// Nothing in the file, not even a header.
    Empty = "M006", "is empty. Give it a header row, or a document, at least.", "文件为空。至少需要表头一行或一个文档。";
    /// A row that does not fit the header.
    BrokenRow = "M007", "the row cannot be read: {value}. Check quotes and the number of fields.", "该行无法读取：{value}。请检查引号和字段数。";
    /// More than the reader accepts.
    TooLarge = "M008", "exceeds the limit of {allowed}. Raise the limit if this is meant.", "超过上限 {allowed}。如确有需要，请提高上限。";
    /// Not JSON.
    BadJson = "M009", "is not valid JSON: {value}.", "不是有效的 JSON：{value}。";
    /// A document of another version.
    SchemaVersion = "M010", "the schema `{value}` is not supported. Use `{allowed}`.", "不支持模式“{value}”。请使用“{allowed}”。";
    /// A column that stands twice in the header, or a field twice in an object.
    DuplicateColumn = "M011", "`{value}` stands more than once. Keep one.", "“{value}”重复出现。请只保留一个。";
    /// The wrong kind of JSON value.
    JsonType = "M012", "`{value}` has the wrong JSON type. Expected: {allowed}.", "“{value}”的 JSON 类型不对。应为：{allowed}。";

    /// A required value is empty.
    MissingValue = "M101", "has no value. Fill it in.", "没有填写。请填写。";
    /// Not a whole number of its range.
    BadNumber = "M102", "`{value}` is not a whole number within {allowed}.", "“{value}”不是 {allowed} 之间的整数。";
    /// Not a calendar date.
    BadDate = "M103", "`{value}` is not a date. Write it as 2026-09-01.", "“{value}”不是日期。请写成 2026-09-01。";
    /// Not a word of its vocabulary.
    UnknownWord = "M104", "`{value}` is not one of: {allowed}.", "“{value}”不在可选值中：{allowed}。";
    /// Not a code of its catalogue's form.
    BadCodeForm = "M105", "`{value}` does not have the form {allowed}.", "“{value}”不符合格式 {allowed}。";
    /// Not an id.
    BadId = "M106", "`{value}` cannot be an id. Use 1 to 64 letters, digits, `.`, `_` or `-`, first a letter or digit.", "“{value}”不能作为编号。请用 1 至 64 个字母、数字、“.”“_”“-”，首位为字母或数字。";
    /// Not a name.
    BadName = "M107", "`{value}` cannot be a name: it has control characters, markup (`<`, `>`), blanks at an end, a first `=`, `+`, `-` or `@`, or not 1 to 200 characters.", "“{value}”不能作为名称：含有控制字符、标记（“<”“>”）、首尾空白、以“=”“+”“-”“@”开头，或长度不在 1 至 200 字之间。";
    /// Not a truth value.
    BadFlag = "M108", "`{value}` is neither `true` nor `false`.", "“{value}”既不是 true 也不是 false。";
    /// Not a coordinate.
    BadCoordinate = "M109", "`{value}` is not a coordinate in degrees (longitude -180 to 180, latitude -90 to 90).", "“{value}”不是以度为单位的坐标（经度 -180 至 180，纬度 -90 至 90）。";
    /// Not a qualification.
    BadQualification = "M110", "`{value}` is not of the form `name:grade` with a grade from 1 to 8.", "“{value}”不符合“名称:等级”格式，等级为 1 至 8。";

    /// Not a facet.
    BadFacet = "M111", "`{value}` is not of the form `dimension:value`. Dimensions: {allowed}.", "“{value}”不符合“维度:值”格式。维度：{allowed}。";
    /// Not an amount.
    BadAmount = "M112", "`{value}` is neither a whole number nor a share such as `10% staff`, of 0 to 100 percent. Shares are of: {allowed}.", "“{value}”既不是整数，也不是“10% staff”形式的比例（0 至 100）。比例基数：{allowed}。";

    /// Two rows with one id.
    DuplicateId = "M201", "the id `{value}` is used more than once. Ids are unique within people, posts, members and so on.", "编号“{value}”重复使用。同类编号必须唯一。";
    /// A reference to nothing.
    Dangling = "M202", "`{value}` is not found among {allowed}.", "在{allowed}中找不到“{value}”。";
    /// The same pair of codes twice.
    DuplicateRow = "M203", "`{value}` is listed more than once. Keep one row.", "“{value}”重复列出。请只保留一行。";

    /// A window that ends before it starts.
    WindowReversed = "M301", "ends before it starts ({value}). Swap or correct the dates.", "结束早于开始（{value}）。请更正日期。";
    /// A seat or quota range the wrong way round.
    RangeReversed = "M302", "the minimum exceeds the maximum ({value}).", "下限大于上限（{value}）。";
    /// A single person counted as several or none.
    PersonHeadcount = "M303", "a single person has headcount 1, not {value}. Use the kind `cohort` for groups.", "个人的人数应为 1，而不是 {value}。成班请用 cohort。";
    /// A field its kind needs.
    KindNeeds = "M304", "a {allowed} needs this field.", "{allowed}需要填写此项。";
    /// A field its kind cannot have.
    KindExcludes = "M305", "a {allowed} cannot have this field (`{value}`). Leave it empty.", "{allowed}不能填写此项（“{value}”）。请留空。";
    /// One wish named twice.
    DuplicateWish = "M306", "`{value}` is wished for more than once.", "志愿“{value}”重复。";
    /// A birth date after the round.
    BornLate = "M307", "`{value}` is not before the date of the round.", "“{value}”不早于本轮日期。";
    /// Too few parties to agree on anything.
    Parties = "M308", "an agreement needs at least two parties.", "协议至少需要两方。";
    /// Other than exactly one round.
    OneRound = "M309", "exactly one round is needed, found {value}.", "必须恰好有一轮，实有 {value} 轮。";
    /// More people or seats than can be counted.
    TooMany = "M310", "the total {value} exceeds {allowed}.", "总数 {value} 超过 {allowed}。";

    /// Decisions on one pair that do not go together.
    DecidedTwice = "M321", "`{value}` and `{allowed}` are both decided of this unit and post. Keep one of them.", "该单元与岗位同时有“{value}”和“{allowed}”两项决定。请只保留一项。";
    /// More people decided about than there are.
    DecidedPeople = "M322", "more people of the unit stand, were placed or left ({value}) than it has ({allowed}). Correct the numbers.", "该单元已签约、已安置或已离开共 {value} 人，但只有 {allowed} 人。请更正人数。";
    /// More people whose placement stands than seats.
    DecidedSeats = "M323", "more people stand at the post ({value}) than it has seats ({allowed}). Release some of them, or add seats.", "该岗位已锁定 {value} 人，但只有 {allowed} 个席位。请减少锁定或增加席位。";
    /// A post that the state excludes, or needs.
    DecisionPost = "M324", "the post `{value}` does not fit the state `{allowed}`. `left` has no post, every other state has one.", "岗位“{value}”与状态“{allowed}”不符。left 不填岗位，其他状态必须填写。";
    /// A number of people that does not fit the state.
    DecisionPeople = "M325", "`{value}` people do not fit the state `{allowed}`. Closed pairs have no number, every other state has 1 or more.", "人数“{value}”与状态“{allowed}”不符。forbidden 和 declined 不填人数，其他状态至少为 1。";

    /// A quota without limits.
    QuotaLimits = "M331", "a quota needs a minimum or a maximum. Fill in one of them.", "名额组需要下限或上限。请至少填写一项。";
    /// A dimension that cannot make groups.
    QuotaPer = "M332", "`{value}` cannot make groups: it is named twice, or people can have several. List values in `of` instead.", "“{value}”不能用来分组：重复出现，或一人可有多项。请改在 of 中列出。";
    /// A share of staff that is not known.
    NoStaff = "M333", "the quota is a share of the staff of post `{value}`, which has no `staff`. Fill it in there.", "名额按岗位“{value}”的同类岗位职工数计算，但该岗位没有填写 staff。请补填。";
    /// A mentor for the programme of another school.
    MentorProgramme = "M334", "the programme `{value}` is not one of the mentor's school. Name one of its own, or none.", "专业“{value}”不属于该导师的学校。请填写其自有专业，或留空。";
    /// A bond of too few.
    BondSize = "M335", "a bond `{value}` needs more supply units: at least {allowed}.", "“{value}”关系至少需要 {allowed} 个供给单元。";
    /// A cohort bound like a person.
    BondCohort = "M336", "`{value}` is a cohort; a bond `{allowed}` is between single persons. Use `whole`, or list persons.", "“{value}”是班组；“{allowed}”关系只适用于个人。请使用 whole，或逐人列出。";

    /// People trained or hired without all that makes them a promise kept or broken.
    PromiseFields = "M341", "`{value}` people are stated, but not all of `promise`, `trained` and `hired`. Fill in all three, or the promise alone.", "已填“{value}”人，但 promise、trained、hired 三项不全。请三项全填，或只填 promise。";
    /// More people hired than trained.
    HiredMore = "M342", "more people were hired ({value}) than trained ({allowed}). Correct the numbers.", "录用 {value} 人，多于培养的 {allowed} 人。请更正人数。";
    /// More withdrawn than was invested.
    WithdrawnMore = "M343", "{value} yuan were withdrawn up to this year, but {allowed} invested. Correct the amounts, or add the earlier years.", "截至该年撤回 {value} 元，但只投入 {allowed} 元。请更正金额，或补填以前年度。";
}

impl FaultCode {
    /// What is wrong and what to do, with `{value}` and `{allowed}` left open.
    #[must_use]
    pub const fn template(self, language: Language) -> &'static str {
        self.words().get(language)
    }
}

/// Where a fault is.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The file, or the table of a document or builder.
    pub table: String,
    /// The line of a CSV file (the header is line 1), or the position in the list of a document or builder (from 0).
    pub row: Option<Row>,
    /// The id of the row, as far as it could be read.
    pub id: String,
    /// The column or field; empty for the whole row or table.
    pub field: String,
}

/// A row of a file or of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Row {
    /// A line of a text file, from 1.
    Line(u64),
    /// A position in a list, from 0.
    Item(u64),
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.table)?;
        match self.row {
            Some(Row::Line(line)) => write!(f, ":{line}")?,
            Some(Row::Item(item)) => write!(f, "[{item}]")?,
            None => {}
        }
        if !self.field.is_empty() {
            write!(f, ".{}", self.field)?;
        }
        if !self.id.is_empty() {
            write!(f, " ({})", self.id)?;
        }
        Ok(())
    }
}

/// One fault.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fault {
    /// Where it is.
    pub place: Place,
    /// What it is.
    pub code: FaultCode,
    /// The offending value, shortened to 80 characters.
    pub value: String,
    /// What would be accepted, where that can be listed.
    pub allowed: String,
}

impl Fault {
    pub(crate) fn new(code: FaultCode, place: Place, value: impl fmt::Display, allowed: impl fmt::Display) -> Self {
        let Place { table, row, id, field } = place;
        let place = Place { table: printable(&table), row, id: printable(shortened(&id)), field: printable(&field) };
        let value = printable(shortened(&value.to_string()));
        Self { place, code, value, allowed: allowed.to_string() }
    }

    /// Code, place, what is wrong and what to do, in one line.
    #[must_use]
    pub fn message(&self, language: Language) -> String {
        let values = [("value", self.value.as_str()), ("allowed", self.allowed.as_str())];
        format!("{} {}: {}", self.code.code(), self.place, self.code.words().fill(language, &values))
    }
}

/// Characters that change how the text around them is shown: they would let a hostile value rewrite a terminal line.
pub(super) fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

fn printable(text: &str) -> String {
    text.chars().map(|c| if is_hidden(c) { '\u{fffd}' } else { c }).collect()
}

/// The first 80 characters.
fn shortened(text: &str) -> &str {
    text.char_indices().nth(80).map_or(text, |(end, _)| &text[..end])
}

/// Every fault of an input, in order of place; never empty when returned as an error.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Faults(Vec<Fault>);

impl Faults {
    pub(crate) fn push(&mut self, fault: Fault) {
        self.0.push(fault);
    }

    pub(crate) fn one(fault: Fault) -> Self {
        Self(vec![fault])
    }

    /// `Ok(value)` without faults, all of them sorted by place otherwise.
    pub(crate) fn or<T>(mut self, value: T) -> Result<T, Self> {
        if self.0.is_empty() {
            return Ok(value);
        }
        self.0.sort();
        self.0.dedup();
        Err(self)
    }

    /// The faults, in order of place.
    #[must_use]
    pub fn all(&self) -> &[Fault] {
        &self.0
    }

    /// Whether some fault has `code`.
    #[must_use]
    pub fn has(&self, code: FaultCode) -> bool {
        self.0.iter().any(|fault| fault.code == code)
    }

    /// One line a fault.
    #[must_use]
    pub fn message(&self, language: Language) -> String {
        self.0.iter().map(|fault| fault.message(language)).collect::<Vec<_>>().join("\n")
    }
}

impl fmt::Display for Faults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message(Language::English))
    }
}

impl std::error::Error for Faults {}
