package quintet.ingest.port;

/** Tells the language of a text. */
public interface LanguageDetector {
    /** Returns the ISO 639-1 code of the language; empty if it is not clear. */
    String detect(String text);
}
