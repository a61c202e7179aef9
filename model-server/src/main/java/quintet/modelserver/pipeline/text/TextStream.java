package quintet.modelserver.pipeline.text;

import java.util.List;

/** Turns the bytes of tokens into text that may be sent: whole characters, nothing of a stop text. Not thread-safe. */
public final class TextStream {
    private final Utf8Decoder decoder = new Utf8Decoder();
    private final StopTexts stops;

    /** Ends before the first of these texts. */
    public TextStream(List<String> stops) {
        this.stops = new StopTexts(stops);
    }

    /** Takes the bytes of a token; returns the text that may be sent, possibly none. */
    public String add(byte[] piece) {
        return stops.add(decoder.add(piece));
    }

    /** Returns what was held back, when nothing follows. */
    public String end() {
        String rest = stops.add(decoder.end());
        return rest + stops.end();
    }

    /** Tells whether a stop text came up. */
    public boolean stopped() {
        return stops.found();
    }
}
