package org.hipsnode.node.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;

/**
 * The surveys that a node makes itself.
 *
 * @param atOnce how many are made at a time
 * @param sources folder of files that come from afar
 * @param sourcesSize bytes that it may hold; empty for as many as fit on the disk
 */
public record MadeSurveys(List<Entry> entries, int atOnce, Path sources, OptionalLong sourcesSize) {

    public MadeSurveys {
        entries = List.copyOf(entries);
    }

    /**
     * One definition, or all in a folder.
     *
     * @param path where the survey lies beneath the data folder; of a folder's surveys, the start of it, or nothing
     * @param place of the definition or the folder
     * @param folder whether it is a folder
     * @param every how often it is looked whether the sources have changed
     * @param keep how many earlier releases are kept
     */
    public record Entry(String path, Path place, boolean folder, Duration every, int keep) {}

    /** Returns that a node makes none. */
    static MadeSurveys none(Path data) {
        return new MadeSurveys(List.of(), 1, data.resolve(MadeSurveyKeys.SOURCES), OptionalLong.empty());
    }
}
