package org.hipsnode.generate.write;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.hipsnode.properties.HipsProperties;

/** What is beside the lists of progenitors: their keyword list, and how a table is made of them. */
public final class ProgenitorFolder {
    private ProgenitorFolder() {}

    /**
     * Returns the keyword list.
     *
     * @param survey keyword list of the survey
     * @param order of the deepest lists
     */
    public static byte[] properties(HipsProperties survey, int order) {
        HipsProperties list = HipsProperties.empty()
                .with("creator_did", survey.value("creator_did").orElse("") + "/meta")
                .with("obs_title", survey.value("obs_title").orElse("") + ": source images")
                .with("dataproduct_type", "meta")
                .with("hips_order", Integer.toString(order));
        for (String key : List.of(
                "hips_frame",
                "hips_tile_width",
                "hips_release_date",
                "hips_version",
                "hips_builder",
                "hips_initial_fov",
                "hips_initial_ra",
                "hips_initial_dec")) {
            list = list.withAll(key, survey.values(key));
        }
        return list.toBytes();
    }

    /** Returns the template of a VOTable: a viewer puts the values of each image in the places of {@code $[…]}. */
    public static byte[] table(HipsProperties survey) {
        String title = Html.escape(survey.value("obs_title").orElse(""));
        return """
                <?xml version="1.0" encoding="UTF-8"?>
                <VOTABLE version="1.2" xmlns="http://www.ivoa.net/xml/VOTable/v1.2">
                <RESOURCE>
                  <COOSYS ID="J2000" system="eq_FK5" equinox="J2000"/>
                  <TABLE name="%s">
                    <FIELD name="RAJ2000" ucd="pos.eq.ra" ref="J2000" datatype="double" precision="5" unit="deg"/>
                    <FIELD name="DEJ2000" ucd="pos.eq.dec" ref="J2000" datatype="double" precision="5" unit="deg"/>
                    <FIELD name="id" ucd="meta.id;meta.dataset" datatype="char" arraysize="*"/>
                    <FIELD name="path" ucd="meta.file" datatype="char" arraysize="*"/>
                    <FIELD name="FoV" datatype="char" utype="stc:ObservationLocation.AstroCoordArea.Region" arraysize="*"/>
                    <FIELD name="MJD-OBS" ucd="time.start" datatype="double" unit="d"/>
                    <FIELD name="EXPTIME" ucd="time.duration;obs.exposure" datatype="double" unit="s"/>
                    <DATA>
                      <TABLEDATA>
                        <TR>
                          <TD>$[ra]</TD>
                          <TD>$[dec]</TD>
                          <TD>$[name]</TD>
                          <TD>$[path]</TD>
                          <TD>$[stc]</TD>
                          <TD>$[MJD-OBS]</TD>
                          <TD>$[EXPTIME]</TD>
                        </TR>
                      </TABLEDATA>
                    </DATA>
                  </TABLE>
                </RESOURCE>
                </VOTABLE>
                """.formatted(title).getBytes(StandardCharsets.UTF_8);
    }
}
