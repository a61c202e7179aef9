package quintet.retrieve.model.explanation;

/**
 * A step of rewriting that was taken.
 *
 * @param name {@code follow-up}, {@code vocabulary}, {@code expansions} or {@code feedback}
 * @param changed whether what is searched is another than before
 * @param text what the query reads as after it
 * @param tookUs microseconds
 * @param sentence what it did
 */
public record RewritingStep(String name, boolean changed, String text, long tookUs, String sentence) {}
