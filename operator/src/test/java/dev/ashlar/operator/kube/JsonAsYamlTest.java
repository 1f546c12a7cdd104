package dev.ashlar.operator.kube;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

class JsonAsYamlTest {
    private final ObjectMapper mapper = new ObjectMapper();

    JsonAsYamlTest() {
        new JsonAsYaml().customize(mapper);
    }

    @Test
    void escapesWhatYamlForbidsOrFolds() throws JsonProcessingException {
        assertThat(mapper.writeValueAsString("a\u0001\u007F\u0080\u0085\u009F\u2028\u2029\uFEFF\uFFFE\uFFFF"))
                .isEqualToIgnoringCase("\"a\\u0001\\u007f\\u0080\\u0085\\u009f\\u2028\\u2029\\ufeff\\ufffe\\uffff\"");
    }

    @Test
    void leavesEveryOtherLetterAsItIs() throws JsonProcessingException {
        assertThat(mapper.writeValueAsString("\u00A0\u00E9\u6F22\uD83D\uDE00"))
                .isEqualTo("\"\u00A0\u00E9\u6F22\uD83D\uDE00\"");
    }
}
