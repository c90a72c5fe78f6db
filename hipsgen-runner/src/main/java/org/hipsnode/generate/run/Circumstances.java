package org.hipsnode.generate.run;

import org.hipsnode.generate.plan.Upkeep;

/**
 * What a release is made under, besides its plan.
 *
 * @param identity all that decides what its tiles hold: a run that was stopped is gone on with only by one of the same
 */
record Circumstances(Inputs inputs, Upkeep upkeep, String identity) {}
