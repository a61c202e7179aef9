package quintet.ingest.adapter.optimaize;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OptimaizeLanguageDetectorTest {
    private static final OptimaizeLanguageDetector DETECTOR = new OptimaizeLanguageDetector();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "en | Employees are entitled to twenty-five days of paid leave in each calendar year of their employment.",
                "de | Mitarbeiterinnen und Mitarbeiter haben in jedem Kalenderjahr Anspruch auf bezahlten Urlaub.",
                "fr | Les employés ont droit à vingt-cinq jours de congés payés pour chaque année civile de travail.",
                "es | Los empleados tienen derecho a veinticinco días de vacaciones pagadas en cada año natural.",
                "ja | 従業員は毎年二十五日の有給休暇を取ることができます。詳しくは人事部にお問い合わせください。",
                "zh | 员工每个日历年有权享受二十五天的带薪休假。详情请咨询公司的人力资源部门，谢谢。",
                "el | Οι εργαζόμενοι δικαιούνται είκοσι πέντε ημέρες άδειας μετ' αποδοχών κάθε έτος.",
                "ru | Работники имеют право на двадцать пять дней оплачиваемого отпуска в каждом календарном году.",
            })
    void tellsTheLanguage(String language, String text) {
        assertThat(DETECTOR.detect(text)).isEqualTo(language);
    }

    @ParameterizedTest
    @CsvSource({"ok", "12345 67890 12345 67890 12345", "''"})
    void staysSilentWhenItIsNotClear(String text) {
        assertThat(DETECTOR.detect(text)).isEmpty();
    }
}
