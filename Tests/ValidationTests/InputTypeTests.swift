import Catalogue
import Diagnostics
import RegoSyntax
import Testing

/// How policies use `input`, compared with the types of the API.
struct InputTypeTests {
    private func problems(_ rules: String, release: String = "1.36") throws -> [Diagnostic] {
        let file = SourceFile(path: "p.rego", text: "package p\n\n" + rules)
        let (module, found) = Parser.parseModule(file)
        #expect(found.isEmpty)
        let version = try #require(KubernetesVersion(parsing: release))
        return KubernetesInput(version).problems(in: [module], builtins: PolicyBuiltins.table)
    }

    /// A name and what was meant.
    @Test(arguments: [
        ("deny contains 1 if input.spec.template.spec.contaners", "contaners", "containers"),
        ("deny contains 1 if input.request.object.spec.containers[_].imagePullpolicy", "imagePullpolicy", "imagePullPolicy"),
        ("deny contains 1 if input.review.object.metadata.label.x", "label", "labels"),
        ("deny contains 1 if input.review.userinfo", "userinfo", "userInfo"),
        ("deny contains 1 if { input.kind == \"Pod\"; input[_].contents.spec.hostNetwrk }", "hostNetwrk", "hostNetwork"),
        ("c contains x if some x in input.spec.containers\n\ndeny contains 1 if { some x in c; x.prots }", "prots", "ports"),
        (
            "deny contains 1 if { input.kind; every c in input.spec.containers { c.securitycontext } }", "securitycontext",
            "securityContext"
        ),
        ("deny contains 1 if { o := input.request.object; o.kind == \"Deployment\"; o.spec.replica }", "replica", "replicas"),
        ("deny contains 1 if input.request.object.spec[\"hostNetwrk\"]", "hostNetwrk", "hostNetwork"),
    ])
    func misspelt(rules: String, name: String, meant: String) throws {
        let found = try problems(rules)
        #expect(found.map { $0.range?.text } == [name], "\(found)")
        #expect(found.first?.hint == "did you mean \"\(meant)\"?")
        #expect(found.first?.severity == .warning)
    }

    /// In bodies that ask for a kind, all that the kind has not.
    @Test(arguments: [
        ("input.kind == \"Deployment\"; input.spec.containers", "the kind has it at spec.template.spec.containers"),
        (
            "input.kind in {\"Deployment\", \"DaemonSet\"}; input.spec.containers",
            "the kind has it at spec.template.spec.containers"
        ),
        ("kind := input.kind; kind == \"CronJob\"; input.spec.template", "the kind has it at spec.jobTemplate.spec.template"),
        ("input.request.kind.kind == \"Service\"; input.request.object.spec.replicas", nil),
        ("input.kind == \"Deployment\"; input.spec.replicas == \"3\"", nil),
        ("input.kind == \"Pod\"; startswith(input.spec.hostNetwork, \"t\")", nil),
    ])
    func kinds(body: String, hint: String?) throws {
        let found = try problems("deny contains 1 if { \(body) }")
        #expect(found.count == 1, "\(found)")
        #expect(found.first?.hint == hint)
    }

    /// Lists that are taken for their elements.
    @Test(arguments: [
        "input.kind == \"Pod\"; input.spec.containers.image",
        "input.spec.template.spec.containers.securityContext.privileged",
        "input.kind == \"Ingress\"; input.apiVersion == \"networking.k8s.io/v1\"; input.spec.rules.host",
    ])
    func listsAsObjects(body: String) throws {
        let found = try problems("deny contains 1 if { \(body) }")
        #expect(found.map(\.code) == ["list_as_object"], "\(found)")
        #expect(found.first?.hint?.contains("[_]") == true)
    }

    /// Of a kind that others have too, what only one of them has is told where the group is named.
    @Test func sharedKindsAreKnownByTheirGroup() throws {
        let rule =
            "deny contains 1 if { input.apiVersion == \"networking.k8s.io/v1\"; input.kind == \"Ingress\"; input.spec.domain }"
        #expect(try problems(rule).count == 1)
        #expect(try problems("deny contains 1 if { input.kind == \"Ingress\"; input.spec.ruls }").count == 1)
    }

    /// What may be right: fields of custom resources, of other files, and of kinds that are not known.
    @Test(arguments: [
        "deny contains 1 if { input.kind == \"ApplicationSet\"; input.spec.goTemplate == true }",
        "deny contains 1 if { input.metadata.name; some role in input.spec.roles }",
        "deny contains 1 if { input.metadata.name; input.values.x }",
        "deny contains 1 if { input.apiVersion == \"serving.knative.dev/v1\"; input.kind == \"Service\"; input.spec.template }",
        "deny contains 1 if { input.kind != \"Deployment\"; input.spec.containers }",
        "deny contains 1 if { not input.kind == \"Deployment\"; input.spec.containers }",
        "deny contains 1 if { input.kind == \"Deployment\" with input as {\"kind\": 1}; input.spec.containers }",
        "deny contains 1 if { some ref in input.metadata.ownerReferences; ref.kind == \"ReplicaSet\"; ref.name }",
        "deny contains 1 if { input.kind == \"Secret\"; input.data.anything; input.metadata.annotations[\"a/b\"] }",
        "deny contains 1 if { input[i].Cmd == \"user\"; input[i].Value }",
        "deny contains 1 if { input.kind == \"Ingress\"; input.spec.domain }",
        "deny contains 1 if { input.kind == \"NetworkPolicy\"; input.spec.order > 100; input.spec.types[_] }",
        "deny contains 1 if { input.review.kind.kind == \"Pod\"; input.parameters.labls[_] == input.review.operation }",
        "# METADATA\n# schemas:\n#   - input: {type: object, properties: {metdata: {type: string}}}\ndeny contains 1 if input.metdata",
    ])
    func leftAlone(rules: String) throws { #expect(try problems(rules).isEmpty) }

    @Test func fieldsAreThoseOfTheRelease() throws {
        let rule = "deny contains 1 if { input.kind == \"Pod\"; input.spec.resourceClaims }"
        #expect(try problems(rule, release: "1.23").count == 1)
        #expect(try problems(rule, release: "1.36").isEmpty)
    }
}
