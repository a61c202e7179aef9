package quintet.retrieve.model;

/**
 * The vector of a query.
 *
 * @param truncated whether the end of the text was left out because it did not fit the model's window
 */
public record EmbeddedQuery(UnitVector vector, ModelRef model, boolean truncated) {}
