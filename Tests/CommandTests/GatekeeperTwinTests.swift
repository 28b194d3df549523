import TestSupport
import Testing

/// Constraints that have a template and parameters in common, which are evaluated once: each says what it says alone.
@Suite struct GatekeeperTwinTests {
    private static let template = """
        apiVersion: templates.gatekeeper.sh/v1
        kind: ConstraintTemplate
        metadata: {name: needlabels}
        spec:
          crd:
            spec:
              names: {kind: NeedLabels}
              validation:
                openAPIV3Schema:
                  type: object
                  properties:
                    labels: {type: array, items: {type: string}}
          targets:
            - target: admission.k8s.gatekeeper.sh
              rego: |
                package needlabels

                violation[{"msg": msg, "details": {"label": label}}] {
                  label := input.parameters.labels[_]
                  not input.review.object.metadata.labels[label]
                  msg := sprintf("%v: label %v is missing", [input.review.object.metadata.name, label])
                }

        """

    private static func constraint(_ name: String, _ spec: String) -> String {
        """
        apiVersion: constraints.gatekeeper.sh/v1beta1
        kind: NeedLabels
        metadata: {name: \(name)}
        spec: \(spec)

        """
    }

    /// Of equal parameters written in two ways, of others, for some objects only, and with other consequences.
    private static let constraints = [
        "a": "{parameters: {labels: [team, owner]}}",
        "b": "{enforcementAction: warn, parameters: {\"labels\": [\"team\", \"owner\"]}}",
        "c": "{parameters: {labels: [owner, team]}}",
        "d": "{match: {kinds: [{kinds: [Pod]}], namespaces: [shop]}, parameters: {labels: [team, owner]}}",
        "e": "{enforcementAction: dryrun, parameters: {labels: [cost]}}",
        "f": "{parameters: {labels: [cost]}}",
        "g": "{parameters: {labels: []}}",
    ]

    private static func objects(_ count: Int) -> [String: String] {
        var files: [String: String] = [:]
        for number in 0..<count {
            let labels = ["{}", "{team: x}", "{team: x, owner: y, cost: z}"][number % 3]
            files["objects/\(100 + number).yaml"] = """
                apiVersion: v1
                kind: Pod
                metadata:
                  name: p\(number)
                  namespace: \(number % 2 == 0 ? "shop" : "bank")
                  labels: \(labels)
                  annotations:
                    lintel.dev/ignore: \(number % 5 == 0 ? "NeedLabels/b" : "NeedLabels/f") reason="agreed"

                """
        }
        return files
    }

    private func check(_ names: [String], files count: Int, _ options: [String] = []) throws -> Set<Substring> {
        let folder = try TemporaryFolder()
        var files = Self.objects(count)
        files["rules/template.yaml"] = Self.template
        for name in names { files["rules/\(name).yaml"] = Self.constraint(name, Self.constraints[name]!) }
        try folder.write(files)
        let run = try LintelRun(
            ["check", "--no-builtin", "--policy", "rules", "objects", "--format", "compact", "--missing-schemas", "skip", "-q"]
                + options, in: folder.url)
        #expect(run.code < 2, "\(run.errors)")
        return Set(run.output.split(separator: "\n"))
    }

    /// Few files are judged at once, many in parts.
    @Test(arguments: [6, 60]) func eachSaysWhatItSaysAlone(_ files: Int) throws {
        var apart: Set<Substring> = []
        for name in Self.constraints.keys { apart.formUnion(try check([name], files: files)) }
        let together = try check(Array(Self.constraints.keys), files: files)
        #expect(together == apart)
        #expect(together.count > 10 * files / 6)
        for name in Self.constraints.keys where name != "g" { #expect(together.contains { $0.contains("[NeedLabels/\(name)]") }) }
    }

    /// Texts that mean the same to people, in other bytes, are other parameters.
    @Test func parametersAreComparedByTheirBytes() throws {
        let folder = try TemporaryFolder(), labels = ["a": "\u{e9}", "c": "e\u{301}"]
        var files = Self.objects(1)
        files["rules/template.yaml"] = Self.template
        for (name, label) in labels {
            files["rules/\(name).yaml"] = Self.constraint(name, "{parameters: {labels: ['\(label)']}}")
        }
        try folder.write(files)
        let run = try LintelRun(
            ["check", "--no-builtin", "--policy", "rules", "objects", "--format", "compact", "-q"], in: folder.url)
        for (name, label) in labels {
            let line = run.output.split(separator: "\n").first { $0.contains("[NeedLabels/\(name)]") } ?? ""
            #expect(line.unicodeScalars.contains(label.unicodeScalars.last!), "\(line)")
        }
    }

    @Test func thoseThatSayMoreThanIsListedAreCountedEach() throws {
        let names = ["a", "b", "c"]
        let together = try check(names, files: 6, ["--max-findings", "1"])
        var apart: Set<Substring> = []
        for name in names { apart.formUnion(try check([name], files: 6, ["--max-findings", "1"])) }
        #expect(together == apart)
    }
}
