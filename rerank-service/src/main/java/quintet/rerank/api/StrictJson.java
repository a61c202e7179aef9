package quintet.rerank.api;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.jackson.ObjectMapperCustomizer;
import jakarta.inject.Singleton;
import quintet.rest.StrictValues;

/** Unknown fields pass, as the clients of this shape expect; values are taken as they are or not at all. */
@Singleton
class StrictJson implements ObjectMapperCustomizer {
    @Override
    public void customize(ObjectMapper json) {
        StrictValues.configure(json);
    }
}
