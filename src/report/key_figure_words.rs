//! The words of the key figures, each in both languages.

use super::words::words;
use crate::language::Words;

words! {
    KEY_FIGURES = "Key figures", "关键指标";
    YES = "yes", "是";
    NO = "no", "否";
}
