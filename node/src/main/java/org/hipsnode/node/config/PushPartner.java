package org.hipsnode.node.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.hipsnode.io.WebAddress;
import org.hipsnode.serve.access.SurveyPattern;

/**
 * Another node to which surveys are pushed when they are published here.
 *
 * @param to address of that node, below which each survey has the path that it has here
 * @param credential file with what is shown to it
 * @param surveys that are pushed; empty for all that everybody may see and copy
 * @param connections to the node at once
 * @param maxDelete per cent of the files there that a push may drop
 * @param acceptsDefects whether releases with damaged tiles are pushed
 */
public record PushPartner(
        WebAddress to,
        Path credential,
        Optional<List<SurveyPattern>> surveys,
        Times times,
        int connections,
        int maxDelete,
        boolean acceptsDefects) {
    /**
     * When releases go there.
     *
     * @param every how often it is looked whether they are there
     * @param hours in which that may be
     */
    public record Times(Duration every, Hours hours) {}

    public PushPartner {
        surveys = surveys.map(List::copyOf);
    }

    /** Tells whether a survey is to be there, if it may be. */
    public boolean wants(String path) {
        return surveys.isEmpty() || surveys.get().stream().anyMatch(pattern -> pattern.matchesPath(path));
    }

    /** Tells whether a survey is named whole, so that its operator has thought of it. */
    public boolean names(String path) {
        return surveys.stream()
                .flatMap(List::stream)
                .anyMatch(pattern -> pattern.text().equals(path));
    }

    /** Returns the address that a survey has there. */
    public WebAddress at(String path) {
        return to.file(path);
    }
}
