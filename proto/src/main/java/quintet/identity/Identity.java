package quintet.identity;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import quintet.failure.Failure;

/**
 * Who calls. It comes from the caller's key, never from what a request says.
 *
 * @param tenant whose collections these are, 1 to 32 characters of {@code a-z 0-9 -}
 * @param everyGroup whether the caller is in every group of the tenant, those to come too
 * @param groups access groups that the caller is in, each 1 to 64 characters of {@code a-z 0-9 _ -}
 * @param operator whether the caller looks after the whole suite
 */
public record Identity(String tenant, boolean everyGroup, Set<String> groups, boolean operator) {
    /** The tenant of a suite without keys; its collections have their names for themselves. */
    public static final String DEFAULT_TENANT = "default";

    /** Access groups of a caller or of a document, at most. */
    public static final int MAX_GROUPS = 64;

    /** Between a tenant and the name of a collection; no name has it. */
    private static final char SEPARATOR = '.';

    private static final Pattern TENANT = Pattern.compile("[a-z0-9-]{1,32}");
    private static final Pattern GROUP = Pattern.compile("[a-z0-9_-]{1,64}");

    /** Everybody, while no keys are configured. */
    public static final Identity EVERYBODY = new Identity(DEFAULT_TENANT, true, Set.of(), true);

    /** Refuses names that are none, and copies the groups. */
    public Identity {
        if (!TENANT.matcher(tenant).matches()) {
            throw new IllegalArgumentException(
                    "tenant is '%s', must be 1 to 32 characters of a-z, 0-9 and '-'".formatted(shortened(tenant)));
        }
        groups.forEach(Identity::requireGroupName);
        if (groups.size() > MAX_GROUPS) {
            throw new IllegalArgumentException(
                    "there are %d groups, must be at most %d".formatted(groups.size(), MAX_GROUPS));
        }
        groups = Set.copyOf(groups);
    }

    private static void requireGroupName(String group) {
        if (!isGroup(group)) {
            throw new IllegalArgumentException(
                    "group is '%s', must be 1 to 64 characters of a-z, 0-9, '-' and '_'".formatted(shortened(group)));
        }
    }

    /** Returns whether {@code name} can be the name of an access group. */
    public static boolean isGroup(String name) {
        return GROUP.matcher(name).matches();
    }

    /**
     * Returns the name under which a collection of the caller's is stored: no two tenants' are the same.
     *
     * @param collection as the caller knows it, without a {@code .}
     */
    public String stored(String collection) {
        if (collection.indexOf(SEPARATOR) >= 0) {
            throw new IllegalArgumentException("collection '%s' has a '.'".formatted(shortened(collection)));
        }
        return tenant.equals(DEFAULT_TENANT) ? collection : tenant + SEPARATOR + collection;
    }

    /** Returns the name of a stored collection as the caller knows it; empty if it is another tenant's. */
    public Optional<String> shown(String stored) {
        return tenantOf(stored).equals(tenant)
                ? Optional.of(stored.substring(stored.indexOf(SEPARATOR) + 1))
                : Optional.empty();
    }

    /** Returns whose a stored collection is. */
    public static String tenantOf(String stored) {
        int separator = stored.indexOf(SEPARATOR);
        return separator < 0 ? DEFAULT_TENANT : stored.substring(0, separator);
    }

    /**
     * Returns whether the caller may see a document of their tenant.
     *
     * @param of groups of the document; none for everybody of the tenant
     */
    public boolean sees(Collection<String> of) {
        return everyGroup || of.isEmpty() || of.stream().anyMatch(groups::contains);
    }

    /** Refuses with FORBIDDEN, reason EVERY_GROUP_REQUIRED, who is not in every group of the tenant. */
    public void requireEveryGroup() {
        if (!everyGroup) {
            throw Failure.forbidden(
                    "EVERY_GROUP_REQUIRED",
                    "this concerns a whole collection, so the key must have every group ('*') of tenant '%s'",
                    tenant);
        }
    }

    /** Refuses with FORBIDDEN, reason OPERATOR_REQUIRED, who does not look after the whole suite. */
    public void requireOperator() {
        if (!operator) {
            throw Failure.forbidden("OPERATOR_REQUIRED", "this concerns all tenants, so the key must be an operator's");
        }
    }

    /**
     * Returns the groups that a caller gives a document, sorted and each once.
     *
     * @throws Failure INVALID_INPUT, reason INVALID_GROUPS; FORBIDDEN, reason GROUP_NOT_YOURS
     */
    public List<String> give(Collection<String> wanted) {
        List<String> sorted = wanted.stream().distinct().sorted().toList();
        if (sorted.size() > MAX_GROUPS) {
            throw Failure.invalidInput(
                    "INVALID_GROUPS", "the document has %d groups, must have at most %d", sorted.size(), MAX_GROUPS);
        }
        for (String group : sorted) {
            if (!isGroup(group)) {
                throw Failure.invalidInput(
                        "INVALID_GROUPS",
                        "group '%s' must be 1 to 64 characters of a-z, 0-9, '-' and '_'",
                        shortened(group));
            }
            if (!everyGroup && !groups.contains(group)) {
                throw Failure.forbidden("GROUP_NOT_YOURS", "the key is not in group '%s'", group);
            }
        }
        return sorted;
    }

    private static String shortened(String text) {
        String visible = text.replaceAll("\\p{Cntrl}", "?");
        return visible.length() <= 80 ? visible : visible.substring(0, 80) + "…";
    }
}
