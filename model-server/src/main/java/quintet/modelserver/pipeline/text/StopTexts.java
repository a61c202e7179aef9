package quintet.modelserver.pipeline.text;

import java.util.List;

/** Finds the first of some texts in a stream, and holds back what may become one. */
final class StopTexts {
    private final List<String> stops;
    private final StringBuilder held = new StringBuilder();
    private boolean found;

    StopTexts(List<String> stops) {
        this.stops = stops;
    }

    /** Returns the text that may be sent; nothing any more once one was found. */
    String add(String text) {
        if (found || stops.isEmpty()) {
            return found ? "" : text;
        }
        held.append(text);
        int first = first();
        if (first >= 0) {
            found = true;
            return take(first);
        }
        return take(held.length() - suspicious());
    }

    /** Returns what was held back for nothing. */
    String end() {
        return found ? "" : take(held.length());
    }

    boolean found() {
        return found;
    }

    private int first() {
        int first = -1;
        for (String stop : stops) {
            int at = held.indexOf(stop);
            if (at >= 0 && (first < 0 || at < first)) {
                first = at;
            }
        }
        return first;
    }

    /** Returns the length of the longest end that is the beginning of a stop text. */
    private int suspicious() {
        int longest = 0;
        for (String stop : stops) {
            for (int length = Math.min(stop.length() - 1, held.length()); length > longest; length--) {
                if (stop.startsWith(held.substring(held.length() - length))) {
                    longest = length;
                }
            }
        }
        return longest;
    }

    private String take(int length) {
        String text = held.substring(0, length);
        held.delete(0, length);
        return text;
    }
}
