package quintet.retrieve.api;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.jackson.ObjectMapperCustomizer;
import jakarta.inject.Singleton;
import quintet.rest.StrictValues;

/** Takes a body as it is or not at all: no unknown field is ignored, no value becomes another. */
@Singleton
class StrictJson implements ObjectMapperCustomizer {
    @Override
    public void customize(ObjectMapper json) {
        StrictValues.configure(json);
        json.enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
    }
}
