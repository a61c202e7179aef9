package quintet.generate.model;

import java.util.regex.Pattern;

/** Recognises the lines that begin an item of a list. */
final class Lists {
    private static final Pattern MARK =
            Pattern.compile("^\\s*(?:[•‣◦▪●○∙·*–—-]|o(?=\\s+[A-Z])|\\(?(?:\\d{1,2}|[a-zA-Z])[.)])\\s+(?=\\S)");

    private Lists() {}

    static boolean isItem(CharSequence line) {
        return MARK.matcher(line).lookingAt();
    }

    static String withoutMark(String line) {
        return MARK.matcher(line).replaceFirst("");
    }
}
