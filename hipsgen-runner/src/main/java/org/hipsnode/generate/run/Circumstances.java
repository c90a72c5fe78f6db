package org.hipsnode.generate.run;

import java.util.Optional;
import org.hipsnode.generate.image.ImageChanges;
import org.hipsnode.generate.plan.Upkeep;

/**
 * What a release is made under, besides its plan.
 *
 * @param changes of the images since the release before, if that tells of images
 * @param identity all that decides what its tiles hold: a run that was stopped is gone on with only by one of the same
 */
record Circumstances(Inputs inputs, Upkeep upkeep, Optional<ImageChanges> changes, String identity) {}
