package quintet.retrieve.model;

import java.time.Duration;

/** Time of each step; zero for a step that was not needed. */
public record SearchTimings(Duration embed, Duration dense, Duration lexical, Duration total) {}
