package quintet.retrieve.pipeline;

import quintet.retrieve.model.Candidate;

/**
 * A candidate with its true score on both lists, also on a list that did not return it.
 *
 * @param candidate the candidate; its own score is that of the list that found it
 * @param dense cosine similarity, -1 to 1
 * @param lexical BM25 score, 0 if the passage has none of the words
 */
record ScorePair(Candidate candidate, double dense, double lexical) {}
