package quintet.retrieve.adapter.history;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import quintet.retrieve.model.MetadataFilter;
import quintet.retrieve.model.RangeEnd;
import quintet.retrieve.model.history.KeptSearch;

/** A kept search as JSON. What a later release adds is left out when an earlier one reads it. */
final class SearchJson {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .addModule(new Jdk8Module())
            .addModule(new JavaTimeModule())
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .visibility(PropertyAccessor.GETTER, Visibility.NONE)
            .visibility(PropertyAccessor.IS_GETTER, Visibility.NONE)
            .visibility(PropertyAccessor.FIELD, Visibility.ANY)
            .addMixIn(MetadataFilter.class, FilterKinds.class)
            .addMixIn(RangeEnd.class, EndKinds.class)
            .build();

    private SearchJson() {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = MetadataFilter.All.class, name = "all"),
        @JsonSubTypes.Type(value = MetadataFilter.Any.class, name = "any"),
        @JsonSubTypes.Type(value = MetadataFilter.Not.class, name = "not"),
        @JsonSubTypes.Type(value = MetadataFilter.In.class, name = "in"),
        @JsonSubTypes.Type(value = MetadataFilter.Range.class, name = "range"),
        @JsonSubTypes.Type(value = MetadataFilter.Prefix.class, name = "prefix"),
        @JsonSubTypes.Type(value = MetadataFilter.Exists.class, name = "exists")
    })
    private interface FilterKinds {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = RangeEnd.Numeric.class, name = "number"),
        @JsonSubTypes.Type(value = RangeEnd.Moment.class, name = "time")
    })
    private interface EndKinds {}

    static byte[] write(KeptSearch search) throws IOException {
        return JSON.writeValueAsBytes(search);
    }

    static KeptSearch read(byte[] json) throws IOException {
        return JSON.readValue(json, KeptSearch.class);
    }
}
