package quintet.bench.faults;

import java.time.Duration;

/**
 * What a run is told.
 *
 * @param documents new documents in the load
 * @param over time in which they come, and over which the faults are spread
 * @param only part of the names of the faults that may strike; empty for all
 * @param faults how many strike, each kind once before any strikes again; 0 for each kind once
 * @param pause how long a stopped process stands still
 * @param full how long the disk stays full
 * @param recovery time that the suite has after a fault, and after the load, until everything must be right
 * @param seed draws texts, requests, the order of the faults and their moments
 */
public record FaultPlan(
        int documents,
        Duration over,
        String only,
        int faults,
        Duration pause,
        Duration full,
        Duration recovery,
        long seed) {}
