import Diagnostics
import Documents
import Schemas
import Testing

/// Objects as the API server stores them.
struct ObjectDefaultsTests {
    private func filled(_ text: String) throws -> Document? {
        ObjectDefaults.filled(try #require(YAMLReader().read(SourceFile(path: "m.yaml", text: text)).documents.first))
    }

    @Test(arguments: [
        ("web", "Always"), ("web:latest", "Always"), ("host:5000/web", "Always"), ("web:1.2", "IfNotPresent"),
        ("host:5000/web:1", "IfNotPresent"), ("web@sha256:abc", "IfNotPresent"),
    ])
    func imagesArePulled(image: String, policy: String) throws {
        let document = try #require(
            try filled("{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a, image: '\(image)'}]}}"))
        let spec = document.root.field("spec")
        #expect(spec.field("restartPolicy").stringValue == "Always")
        #expect(spec.field("hostNetwork").isUndefined, "what is false is left out")
        #expect(spec.field("containers").elements.first?.field("imagePullPolicy").stringValue == policy)
    }

    @Test func whatIsWrittenStays() throws {
        let document = try #require(
            try filled(
                "{apiVersion: apps/v1, kind: Deployment, metadata: {name: a}, spec: {replicas: 0, strategy: {type: Recreate}, template: {spec: {containers: [{name: a, image: b, imagePullPolicy: Never}]}}}}"
            ))
        let spec = document.root.field("spec")
        #expect(spec.field("replicas").intValue == 0)
        #expect(JSONWriter.string(spec.field("strategy")) == #"{"type":"Recreate"}"#)
        let container = spec.field("template").field("spec").field("containers").elements[0]
        #expect(container.field("imagePullPolicy").stringValue == "Never")
    }

    @Test func strategiesAreWhole() throws {
        let document = try #require(
            try filled("{apiVersion: apps/v1, kind: Deployment, metadata: {name: a}, spec: {}}"))
        let spec = document.root.field("spec")
        #expect(spec.field("replicas").intValue == 1)
        #expect(
            JSONWriter.string(spec.field("strategy"))
                == #"{"rollingUpdate":{"maxSurge":"25%","maxUnavailable":"25%"},"type":"RollingUpdate"}"#)
    }

    @Test func otherKindsAreLeftAlone() throws {
        #expect(try filled("{apiVersion: example.com/v1, kind: Thing, metadata: {name: a}, spec: {}}") == nil)
        #expect(try filled("{apiVersion: v1, kind: ConfigMap, metadata: {name: a}, data: {a: b}}") == nil)
    }
}
