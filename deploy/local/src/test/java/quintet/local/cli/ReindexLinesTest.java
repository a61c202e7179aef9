package quintet.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class ReindexLinesTest {
    @Test
    void saysHowFarItIsHowItComparesAndWhatCanBeDone() {
        assertThat(ReindexLines.of(JsonMapper.shared().readTree("""
                        {"collection": "hr", "state": "HELD", "reason": "BOUND_NOT_HELD", "message": "It falls.",
                         "next": ["compare", "switch", "discard"],
                         "progress": {"documents": 3, "copied": 3, "ready": 2, "pending": 0, "failed": 0, "failures": []},
                         "comparison": {"questions": 2, "judged": 1, "ndcgBefore": 1.0, "ndcgAfter": 0.5, "overlap": 0.75,
                            "degraded": [], "table": [
                                {"query": "leave?", "ndcgBefore": 1.0, "ndcgAfter": 0.5, "overlap": 0.5},
                                {"query": "else?", "ndcgBefore": null, "ndcgAfter": null, "overlap": 1.0}]}}""")))
                .containsExactly(
                        "hr  HELD  3 of 3 documents copied, 2 found, 0 on their way, 0 failed",
                        "  compared on 2 questions: overlap@10 0.750; mean nDCG@10 of the 1 judged 1.0000 -> 0.5000",
                        "    0.500  nDCG@10 1.0000 -> 0.5000  leave?",
                        "    1.000  else?",
                        "  It falls. [BOUND_NOT_HELD]",
                        "  next: --compare, --switch, --discard");
    }

    @Test
    void namesDocumentsThatFailed() {
        assertThat(ReindexLines.of(JsonMapper.shared().readTree("""
                        {"collection": "hr", "state": "FAILED", "next": [],
                         "progress": {"documents": 1, "copied": 1, "ready": 0, "pending": 0, "failed": 1,
                            "failures": [{"documentId": "scan", "reason": "NO_TEXT"}]}}""")))
                .containsExactly(
                        "hr  FAILED  1 of 1 documents copied, 0 found, 0 on their way, 1 failed",
                        "  failed: scan  NO_TEXT");
    }
}
