package quintet.generate.adapter.extractive;

import java.util.Set;
import quintet.generate.model.Sentence;
import quintet.generate.model.Source;

/**
 * A sentence of a source and how well it answers.
 *
 * @param score higher is better, comparable within one question
 * @param terms of the sentence
 */
record ScoredSentence(Source source, Sentence sentence, double score, Set<String> terms) {}
