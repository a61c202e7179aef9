package quintet.generate.model;

/** A collection that can be asked. */
public record Collection(String name, long documents, long passages) {}
