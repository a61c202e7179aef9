package quintet.generate.model;

import java.util.Optional;

/**
 * Evidence for a piece of the answer: a sentence of a source.
 *
 * @param number number of the source, from 1
 * @param sentence the sentence itself
 * @param start offset of its first character in the source's text, in UTF-16 code units
 * @param end offset behind its last character
 * @param page page of the sentence, from 1; 0 where the format has no pages
 * @param answer the answer inside the sentence, in offsets of the source's text, where a reader marked one
 */
public record Citation(int number, String sentence, int start, int end, int page, Optional<AnswerSpan> answer) {}
