package quintet.retrieve.api;

import quintet.retrieve.model.ModelRef;
import quintet.retrieve.model.explanation.ExplainedHit;
import quintet.retrieve.model.explanation.ExplainedList;
import quintet.retrieve.model.explanation.Explanation;
import quintet.retrieve.v1.AnalysedWord;
import quintet.retrieve.v1.ExplainedCandidate;
import quintet.retrieve.v1.ExplainedFind;
import quintet.retrieve.v1.ExplainedFusion;
import quintet.retrieve.v1.ExplainedQuery;
import quintet.retrieve.v1.ExplainedStage;
import quintet.retrieve.v1.ExplainedStep;
import quintet.retrieve.v1.Fusion;
import quintet.retrieve.v1.IndexFacts;
import quintet.retrieve.v1.LeftOut;

/** From an explanation to its messages. */
final class ExplanationProtoMapping {
    private ExplanationProtoMapping() {}

    static quintet.retrieve.v1.Explanation toProto(Explanation explanation) {
        quintet.retrieve.v1.Explanation.Builder proto = quintet.retrieve.v1.Explanation.newBuilder()
                .setIndex(toProto(explanation.index()))
                .setEveryGroup(explanation.everyGroup())
                .setGroupCount(explanation.groups())
                .setFilterText(explanation.filter())
                .setLeftOutTotal(explanation.leftOutCount());
        explanation
                .rewriting()
                .forEach(step -> proto.addRewriting(ExplainedStep.newBuilder()
                        .setName(step.name())
                        .setChanged(step.changed())
                        .setText(step.text())
                        .setTookUs(step.tookUs())
                        .setSentence(step.sentence())));
        explanation.queries().forEach(query -> proto.addQueries(toProto(query)));
        explanation.hits().forEach(hit -> proto.addHits(toProto(hit)));
        explanation
                .leftOut()
                .forEach(each -> proto.addLeftOut(LeftOut.newBuilder()
                        .setChunkId(each.chunkId())
                        .setRanked(each.ranked())
                        .setScore((float) each.score())
                        .setRule(RewritingReply.written(each.rule()))
                        .setSentence(each.sentence())));
        explanation
                .stages()
                .forEach(stage -> proto.addStages(ExplainedStage.newBuilder()
                        .setName(stage.name())
                        .setQuery(stage.query())
                        .setTookUs(stage.tookUs())
                        .setSentence(stage.sentence())));
        return proto.build();
    }

    static IndexFacts toProto(quintet.retrieve.model.IndexFacts facts) {
        return IndexFacts.newBuilder()
                .setModel(facts.model().map(ModelRef::name).orElse(""))
                .setRevision(facts.model().map(ModelRef::revision).orElse(""))
                .setKind(facts.kind())
                .setVersion(facts.version())
                .build();
    }

    static Fusion toProto(quintet.retrieve.model.Fusion fusion) {
        return switch (fusion) {
            case ADAPTIVE -> Fusion.FUSION_ADAPTIVE;
            case WEIGHTED -> Fusion.FUSION_WEIGHTED;
            case RRF -> Fusion.FUSION_RRF;
        };
    }

    private static ExplainedQuery toProto(quintet.retrieve.model.explanation.ExplainedQuery query) {
        ExplainedQuery.Builder proto = ExplainedQuery.newBuilder()
                .setKind(RewritingReply.written(query.kind()))
                .setText(query.text())
                .setWords(query.words())
                .setFilterText(query.filter());
        if (query.dense() != null) {
            proto.setDense(toProto(query.dense()));
        }
        if (query.lexical() != null) {
            proto.setLexical(toProto(query.lexical()));
        }
        if (query.fusion() != null) {
            proto.setFusion(ExplainedFusion.newBuilder()
                    .setMethod(toProto(query.fusion().method()))
                    .putAllNumbers(query.fusion().numbers())
                    .setSentence(query.fusion().sentence()));
        }
        return proto.build();
    }

    private static quintet.retrieve.v1.ExplainedList toProto(ExplainedList list) {
        quintet.retrieve.v1.ExplainedList.Builder proto = quintet.retrieve.v1.ExplainedList.newBuilder()
                .setCount(list.count())
                .setTookUs(list.tookUs());
        list.first()
                .forEach(each -> proto.addFirst(ExplainedCandidate.newBuilder()
                        .setChunkId(each.chunkId())
                        .setScore((float) each.score())));
        list.detail().ifPresent(detail -> {
            if (detail.exact() != null) {
                proto.setExact(detail.exact());
            }
            proto.setCompared(detail.compared()).setEligible(detail.eligible());
            detail.words().forEach(word -> proto.addWords(toProto(word)));
        });
        return proto.build();
    }

    private static AnalysedWord toProto(quintet.retrieve.model.AnalysedWord word) {
        AnalysedWord.Builder proto = AnalysedWord.newBuilder()
                .setForm(word.form())
                .addAllLanguages(word.languages())
                .addAllFields(word.fields())
                .setWeight((float) word.weight());
        if (word.passages() != null) {
            proto.setPassageCount(word.passages());
        }
        return proto.build();
    }

    private static quintet.retrieve.v1.ExplainedHit toProto(ExplainedHit hit) {
        quintet.retrieve.v1.ExplainedHit.Builder proto = quintet.retrieve.v1.ExplainedHit.newBuilder()
                .setChunkId(hit.chunkId())
                .setDocumentId(hit.documentId())
                .setRank(hit.rank())
                .setRanked(hit.ranked())
                .setScore((float) hit.score());
        hit.queries().forEach(in -> proto.addQueries(toProto(in)));
        return proto.build();
    }

    private static ExplainedFind toProto(ExplainedHit.In in) {
        ExplainedFind.Builder proto =
                ExplainedFind.newBuilder().setQuery(in.query()).putAllParts(in.parts());
        if (in.denseRank() != null) {
            proto.setDenseRank(in.denseRank());
        }
        if (in.dense() != null) {
            proto.setDense(in.dense().floatValue());
        }
        if (in.lexicalRank() != null) {
            proto.setLexicalRank(in.lexicalRank());
        }
        if (in.lexical() != null) {
            proto.setLexical(in.lexical().floatValue());
        }
        if (in.rank() != null) {
            proto.setRank(in.rank());
        }
        if (in.fused() != null) {
            proto.setFused(in.fused().floatValue());
        }
        return proto.build();
    }
}
