package quintet.bench.evidence;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import quintet.generate.model.Claim;

/** Claims with one word that nobody gave. */
final class Falsified {
    private static final Pattern NUMBER = Pattern.compile("\\d+");
    private static final Pattern NAME = Pattern.compile("(?<=[a-z,] )[A-Z][a-z]{2,}");

    private final List<String> names;
    private final Random random;

    /** Draws names from answers. */
    Falsified(List<String> answers, Random random) {
        this.random = random;
        names = answers.stream()
                .flatMap(answer -> NAME.matcher(answer).results().map(name -> name.group()))
                .distinct()
                .sorted()
                .toList();
    }

    /** Returns a claim with another number, if it has one. */
    Optional<Claim> number(Claim claim, String given) {
        return replaced(claim, NUMBER, given, () -> String.valueOf(10 + random.nextInt(9_990)));
    }

    /** Returns a claim with another name, if it has one. */
    Optional<Claim> name(Claim claim, String given) {
        return replaced(claim, NAME, given, () -> names.get(random.nextInt(names.size())));
    }

    private interface Draw {
        String next();
    }

    private static Optional<Claim> replaced(Claim claim, Pattern word, String given, Draw draw) {
        Matcher first = word.matcher(claim.text());
        if (!first.find()) {
            return Optional.empty();
        }
        String other = draw.next();
        while (given.contains(other)) {
            other = draw.next();
        }
        String text =
                claim.text().substring(0, first.start()) + other + claim.text().substring(first.end());
        return Optional.of(new Claim(0, text.length(), text, claim.cited()));
    }
}
