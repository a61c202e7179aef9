package quintet.generate.model;

/**
 * Who asks, as far as it matters to whose turn it is.
 *
 * @param tenant turns are fair between tenants
 * @param priority whether somebody waits
 */
public record Asker(String tenant, Priority priority) {}
