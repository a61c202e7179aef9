package quintet.generate.model;

/** A turn of the conversation before the question. */
public record Turn(Role role, String content) {}
