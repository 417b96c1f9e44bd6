//! The words of the page alone, each in both languages.

use super::words::words;
use crate::language::Words;

words! {
    SKIP = "Skip to the report", "跳到报告正文";
    NO_SCRIPT = "Pictures need a script; the tables say the same.", "图形需要启用脚本；下列表格内容相同。";
    FIGURES = "The figures as a table", "以表格查看数据";
    OF_WHOLE = "of {whole} ({share})", "共 {whole}（{share}）";
    CUT_ROWS = "{count} more rows are in {file}.", "其余 {count} 行见 {file}。";
    IN_FILE = "The figures are in {file}.", "数据见 {file}。";
    PROPOSAL = "A result is a proposal. Consent, the three-party agreement and every decision about a person stay with those concerned.", "结果是建议方案。知情同意、三方协议以及关于个人的一切决定，均由当事各方作出。";
    DRAWN_BY = "Pictures drawn by Apache ECharts (Apache License 2.0).", "图形由 Apache ECharts（Apache 2.0 许可）绘制。";
}
