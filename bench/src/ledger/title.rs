//! Titles of patents, composed as real ones are worded.
//!
//! Some hold characters that a secrecy gate looks for in innocent words (密封, 主要, 报警), and some hold a comma or
//! quotes, so that a CSV file must quote them. None has the form of a secrecy mark.

use super::patent::Kind;
use super::random::Random;

const QUALITIES: [&str; 40] = [
    "高强度",
    "可调节",
    "便携式",
    "自动",
    "智能",
    "节能",
    "环保型",
    "多功能",
    "低温",
    "高精度",
    "抗腐蚀",
    "耐磨",
    "可折叠",
    "双层",
    "防水",
    "分布式",
    "太阳能",
    "移动式",
    "模块化",
    "大功率",
    "高效",
    "低噪声",
    "防堵塞",
    "快速",
    "一体化",
    "组合式",
    "远程控制",
    "自清洁",
    "全封闭",
    "立式",
    "卧式",
    "连续式",
    "非接触式",
    "真空",
    "高压",
    "精密",
    "密封",
    "加密",
    "带报警",
    "主要用于山区的",
];
const FIELDS: [&str; 48] = [
    "水泵",
    "轴承",
    "石油钻机",
    "苹果采摘",
    "马铃薯播种",
    "中药材切片",
    "风力发电",
    "光伏组件",
    "镍钴冶炼",
    "铝电解",
    "炼油",
    "换热器",
    "混凝土",
    "隧道",
    "高速公路",
    "铁路轨道",
    "电力变压器",
    "电缆",
    "锂电池",
    "数控机床",
    "焊接",
    "注塑",
    "污水处理",
    "烟气脱硫",
    "沙漠治沙",
    "滴灌",
    "温室大棚",
    "牛羊养殖",
    "乳制品",
    "白酒酿造",
    "面粉加工",
    "药品包装",
    "医用注射",
    "骨科手术",
    "血液检测",
    "图像识别",
    "数据加密",
    "物联网",
    "无人机",
    "起重机",
    "煤矿通风",
    "选矿",
    "尾矿库",
    "压力容器",
    "阀门",
    "发动机",
    "气体报警",
    "矿井密闭",
];
const OBJECTS: [&str; 40] = [
    "装置",
    "系统",
    "设备",
    "控制电路",
    "传感器",
    "支架",
    "密封圈",
    "密封结构",
    "夹具",
    "连接件",
    "检测仪",
    "过滤器",
    "搅拌器",
    "输送机构",
    "冷却器",
    "干燥箱",
    "报警器",
    "报警系统",
    "测试平台",
    "调节阀",
    "保护套",
    "加热器",
    "喷头",
    "切割机",
    "清洗机",
    "分离器",
    "固定座",
    "减震器",
    "传动机构",
    "电源模块",
    "要素采集终端",
    "密度计",
    "存储柜",
    "滑轨",
    "压紧机构",
    "导流板",
    "安装架",
    "升降台",
    "收集箱",
    "定位工装",
];
const CHEMICALS: [&str; 8] = [
    "1,4-二氯苯",
    "N,N-二甲基甲酰胺",
    "2,4-二硝基甲苯",
    "1,2-丙二醇",
    "2,6-二叔丁基苯酚",
    "1,3-丁二烯",
    "N,N-二乙基苯胺",
    "3,5-二甲基吡唑",
];
const USES: [&str; 8] = ["复合材料", "涂料", "药物组合物", "催化剂", "润滑剂", "缓蚀剂", "阻燃剂", "粘合剂"];

/// A title for a patent of this type.
pub(super) fn title(kind: Kind, random: &mut Random) -> String {
    let (quality, field, object) = (random.pick(&QUALITIES), random.pick(&FIELDS), random.pick(&OBJECTS));
    if kind == Kind::Design {
        let number = random.between(1, 99);
        return match random.below(3) {
            0 => format!("{field}{object}"),
            1 => format!("{field}{object}（{quality}）"),
            _ => format!("{object}（{field}用，型号{number}）"),
        };
    }
    if kind == Kind::Invention && random.in_ten_thousand(500) {
        let (chemical, end) = (random.pick(&CHEMICALS), random.pick(&USES));
        return format!("一种含{chemical}的{field}用{end}及其制备方法");
    }
    if random.in_ten_thousand(20) {
        return format!("一种\"{}\"型{field}用{object}", random.pick(&["S", "V", "T", "H"]));
    }
    match (kind, random.below(6)) {
        (Kind::Invention, 0) => format!("一种{field}用{quality}{object}及其使用方法"),
        (Kind::Invention, 1) => format!("一种{quality}{field}方法及系统"),
        (Kind::Invention, 2) => format!("基于{quality}{object}的{field}控制方法、装置、电子设备及存储介质"),
        (_, 3) => format!("{field}用{quality}{object}"),
        (_, 4) => format!("一种{quality}的{field}{object}"),
        _ => format!("一种{field}用{quality}{object}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const KINDS: [Kind; 3] = [Kind::Invention, Kind::UtilityModel, Kind::Design];

    /// What a gate of the rulebook holds a package for, and what may come near it in a composed title.
    const MARKS: [&str; 9] = ["绝密", "机密", "秘密", "机要", "密件", "国防", "部队", "★", "商业秘"];

    #[test]
    fn no_title_looks_like_a_secrecy_mark() {
        let mut random = Random::new(3);
        let titles: Vec<_> = (0..200_000).map(|n| title(KINDS[n % 3], &mut random)).collect();
        for title in &titles {
            // 发动机密封圈 is a word of its own and no mark.
            let rest = title.replace("机密封", "").replace("机密度", "").replace("机要素", "");
            assert!(MARKS.iter().all(|mark| !rest.contains(mark)), "{title}");
        }
        assert!(titles.iter().any(|title| title.contains(',')));
        assert!(titles.iter().any(|title| title.contains('"')));
        assert!(titles.iter().any(|title| title.contains("密封")));
    }
}
