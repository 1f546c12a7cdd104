package dev.ashlar.crds;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.IntOrString;
import org.jspecify.annotations.Nullable;

/** One exception to the rules that hold for every pod. */
@JsonInclude(Include.NON_NULL)
@ValidationRule(
        value = "has(self.value) != (self.what == 'writableRoot')",
        message = "every exception but writableRoot names its value: {what: user, value: 1000, reason: why}")
@ValidationRule(
        value =
                "self.what != 'user' || !has(self.value) || type(self.value) == int && self.value >= 0 && self.value <= 2147483647",
        message = "a user is a number, like value: 1000")
@ValidationRule(
        value =
                "self.what != 'capability' || !has(self.value) || type(self.value) == string && self.value.matches('^[A-Z]+(_[A-Z]+)*$')",
        message = "write a capability without CAP_, like NET_BIND_SERVICE")
@ValidationRule(
        value = "self.what != 'nodeFolder' || !has(self.value) || type(self.value) == string && self.value.matches("
                + "'^(/[A-Za-z0-9_.-]+)+$') && !(self.value + '/').contains('/../')",
        message = "write the path of a folder of the node, like /var/log; the pods read it at the same path")
@ValidationRule(
        value =
                "self.what != 'serviceAccount' || !has(self.value) || type(self.value) == string && self.value.matches('^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$')",
        message = "write the name of a ServiceAccount in this namespace; `kubectl get serviceaccounts` lists them")
public record Allowance(
        @JsonPropertyDescription(
                "What is allowed: user (runs as that number instead of 65532), capability (keeps it), writableRoot (may write anywhere in its own file system), nodeFolder (reads that folder of its node), serviceAccount (gets its token for the API).")
        @Required
        What what,

        @JsonPropertyDescription("Which one: a user's number, a capability, a folder, the name of a ServiceAccount.")
        @Size(max = 253)
        @Nullable
        IntOrString value,

        @JsonPropertyDescription("Why, in a sentence for those who look after the cluster; the status shows it.")
        @Required
        @Size(min = 1, max = 200)
        String reason) {

    /** The rules that have exceptions. */
    public enum What {
        @JsonProperty("user")
        USER,
        @JsonProperty("capability")
        CAPABILITY,
        @JsonProperty("writableRoot")
        WRITABLE_ROOT,
        @JsonProperty("nodeFolder")
        NODE_FOLDER,
        @JsonProperty("serviceAccount")
        SERVICE_ACCOUNT
    }
}
