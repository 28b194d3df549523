import Foundation
import Testing

/// Exceptions that nothing needs are taken away by `lintel fix`; all other text stays.
@Suite struct FixExceptionTests {
    private static let policies = """
        package team

        # METADATA
        # custom: {id: TEAM-001, severity: high}
        deny contains {"msg": "one", "path": "spec.one"} if input.spec.one

        # METADATA
        # custom: {id: TEAM-002, severity: high}
        warn contains {"msg": "two", "path": "spec.two"} if input.spec.two

        # METADATA
        # custom: {id: TEAM-003, severity: high}
        violation contains {"msg": "three", "path": "spec.three"} if input.spec.three

        """

    private func object(_ spec: String, head: String = "", metadata: String = "") -> String {
        "\(head)apiVersion: example.org/v1\nkind: Thing\nmetadata:\n  name: a\n\(metadata)spec:\n\(spec)"
    }

    private func fix(_ text: String, configuration: String = "", _ arguments: [String] = []) throws -> (
        run: LintelRun, text: String, configuration: String
    ) {
        let folder = try TemporaryFolder()
        try folder.write(["team.rego": Self.policies, "a.yaml": text, "lintel.yaml": configuration])
        let run = try LintelRun(
            ["fix", "--write", "--no-builtin", "--policy", "team.rego"] + arguments + ["."], in: folder.url)
        func read(_ name: String) throws -> String {
            try String(contentsOf: folder.url.appendingPathComponent(name), encoding: .utf8)
        }
        return (run, try read("a.yaml"), try read("lintel.yaml"))
    }

    @Test(arguments: [
        // The whole comment, behind a value and on a line of its own.
        ("  one: false   # lintel:ignore TEAM-001 reason=\"why\"\n", "  one: false\n"),
        ("  # note\n  # lintel:ignore TEAM-001\n  one: false\n", "  # note\n  one: false\n"),
        ("  one: false # lintel:ignore TEAM-00*", "  one: false"),
        // One of several policies, with the commas around it.
        (
            "  one: true # lintel:ignore TEAM-001,TEAM-002 until=2099-01-01\n",
            "  one: true # lintel:ignore TEAM-001 until=2099-01-01\n"
        ),
        ("  one: true # lintel:ignore TEAM-002, TEAM-001\n", "  one: true # lintel:ignore TEAM-001\n"),
        ("  one: true # lintel:ignore TEAM-003,TEAM-001,TEAM-002 owner=x\n", "  one: true # lintel:ignore TEAM-001 owner=x\n"),
        ("  one: true # lintel:ignore TEAM-003 owner=x TEAM-001\n", "  one: true # lintel:ignore owner=x TEAM-001\n"),
        // Windows' line ends.
        ("  one: false # lintel:ignore TEAM-001\r\n  two: false\r\n", "  one: false\r\n  two: false\r\n"),
        // What is needed, is over while its violation is there, or is a mistake, stays.
        ("  one: true # lintel:ignore TEAM-001\n", nil),
        ("  one: true # lintel:ignore TEAM-001 until=2020-01-01\n", nil),
        ("  one: false # lintel:ignore TEAM-0O1\n", nil),
        ("  one: false # lintel:ignore TEAM-001 # see ticket 5\n", nil),
        ("  one: false # lintel:ignore LT-POD-001\n", nil),
        ("  text: |\n    x # lintel:ignore TEAM-001\n", nil),
        // One that is over and accepts nothing any more goes.
        ("  one: false # lintel:ignore TEAM-001 until=2020-01-01\n", "  one: false\n"),
    ])
    func comments(_ spec: String, _ expected: String?) throws {
        let (run, text, _) = try fix(object(spec))
        #expect(text == object(expected ?? spec), "\(run.errors)")
        #expect(run.code == 0, "\(run.errors)")
        #expect(run.errors.contains("; 1 exception that nothing needs removed\n") == (expected != nil), "\(run.errors)")
    }

    @Test(arguments: [
        ("    lintel.dev/ignore: TEAM-001\n    other: x\n", "    other: x\n", "  annotations:\n"),
        ("    lintel.dev/ignore: TEAM-001\n", "", ""),
        ("    lintel.dev/ignore: TEAM-003 reason='it is'; TEAM-001\n", "    lintel.dev/ignore: TEAM-003 reason='it is'\n", nil),
        ("    lintel.dev/ignore: TEAM-001; TEAM-003\n", "    lintel.dev/ignore: TEAM-003\n", nil),
        ("    lintel.dev/ignore.b: 'TEAM-003, TEAM-002'\n", "    lintel.dev/ignore.b: 'TEAM-003'\n", nil),
        ("    lintel.dev/ignore: TEAM-001; TEAM-002\n", "", ""),
        // Blocks of text lose the lines of what is not needed.
        (
            "    lintel.dev/ignore: |\n      TEAM-001 reason=\"a\"\n      TEAM-003 reason=b\n      TEAM-002\n    other: x\n",
            "    lintel.dev/ignore: |\n      TEAM-003 reason=b\n    other: x\n", nil
        ),
        (
            "    lintel.dev/ignore: |-\n        TEAM-003\n        TEAM-002\n", "    lintel.dev/ignore: |-\n        TEAM-003\n",
            nil
        ),
        (
            "    lintel.dev/ignore: >\n      TEAM-001;\n      TEAM-003\n    other: x\n",
            "    lintel.dev/ignore: >\n      TEAM-003\n    other: x\n", nil
        ),
        ("    lintel.dev/ignore: |\n      TEAM-001\n      TEAM-002\n    other: x\n", "    other: x\n", nil),
        ("    other: x\n    lintel.dev/ignore: |\n      TEAM-001\n\n", "    other: x\n\n", nil),
        ("    lintel.dev/ignore: TEAM-001 reason='it; is'; TEAM-003\n", "    lintel.dev/ignore: TEAM-003\n", nil),
        // A backslash between double quotes makes a quote part of the reason.
        (
            "    lintel.dev/ignore: |\n      TEAM-001 reason=\"a \\\"b; c\\\" d\"; TEAM-003\n    other: x\n",
            "    lintel.dev/ignore: |\n      TEAM-003\n    other: x\n", nil
        ),
        (
            "    lintel.dev/ignore: |\n      TEAM-001 reason=\"a\n      b\"\n      TEAM-003\n    other: x\n",
            "    lintel.dev/ignore: |\n      TEAM-003\n    other: x\n", nil
        ),
    ])
    func annotations(_ text: String, _ expected: String, _ head: String?) throws {
        let start = "  annotations: # of ours\n", spec = "  three: true\n"
        let (run, result, _) = try fix(object(spec, metadata: start + text))
        let wanted = expected.isEmpty ? "" : start + expected
        let left = object(spec, metadata: wanted)
        // A remark behind the key of what goes as a whole goes with it.
        #expect(normalized(result) == normalized(left), "\(result)\n\(run.errors)")
    }

    private func normalized(_ text: String) -> String { text.filter { $0 != "\"" && $0 != "'" } }

    @Test func entries() throws {
        let head = "# settings\nexceptions:\n- policy: [TEAM-001, TEAM-002]  # both\n  reason: agreed\n  name: a\n"
        let (run, text, configuration) = try fix(
            object("  one: true\n"),
            configuration: head + "- policy: TEAM-003\n  reason: agreed\n# the end\ninlineExceptions: true\n",
            ["--config", "lintel.yaml"])
        #expect(run.code == 0, "\(run.errors)")
        #expect(text == object("  one: true\n"))
        #expect(
            configuration
                == "# settings\nexceptions:\n- policy: [TEAM-001]  # both\n  reason: agreed\n  name: a\n# the end\ninlineExceptions: true\n",
            "\(run.errors)")
    }

    /// Comments right above an entry go with it; others stay.
    @Test func commentsOfEntries() throws {
        let (run, _, configuration) = try fix(
            object("  one: true\n"),
            configuration: """
                exceptions:
                # The first one
                - policy: TEAM-002
                  reason: agreed
                # needed
                - policy: TEAM-001
                  reason: agreed
                # gone
                - {policy: TEAM-003, reason: it}
                # the end
                inlineExceptions: true

                """, ["--config", "lintel.yaml"])
        #expect(
            configuration == """
                exceptions:
                # needed
                - policy: TEAM-001
                  reason: agreed
                # the end
                inlineExceptions: true

                """, "\(run.errors)")
    }

    @Test func allEntries() throws {
        let (_, _, configuration) = try fix(
            object("  a: 1\n"),
            configuration:
                "inlineExceptions: true\nexceptions:\n# one\n- policy: TEAM-003\n  reason: agreed\n# two\n- {policy: TEAM-001, reason: it} # of it\n",
            ["--config", "lintel.yaml"])
        #expect(configuration == "inlineExceptions: true\n")
    }

    /// Policies that were not asked say nothing about exceptions for them, and a flag keeps all.
    @Test func keeps() throws {
        let text = object("  one: false # lintel:ignore TEAM-001\n")
        #expect(try fix(text, ["--only", "TEAM-002"]).text == text)
        #expect(try fix(text, ["--keep-exceptions"]).text == text)
    }

    /// A comment in a base is needed when one of the overlays needs it.
    @Test func bases() throws {
        let folder = try TemporaryFolder()
        let base = object("  one: true # lintel:ignore TEAM-001,TEAM-002\n  two: false # lintel:ignore TEAM-002\n")
        try folder.write([
            "team.rego": Self.policies, "base/a.yaml": base, "base/kustomization.yaml": "resources: [a.yaml]\n",
            "x/kustomization.yaml": "resources: [../base]\n",
            "y/kustomization.yaml":
                "resources: [../base]\npatches:\n- path: p.yaml\n",
            "y/p.yaml":
                "apiVersion: example.org/v1\nkind: Thing\nmetadata:\n  name: a\nspec:\n  three: true # lintel:ignore TEAM-003,TEAM-001\n",
        ])
        let run = try LintelRun(["fix", "--write", "--no-builtin", "--policy", "team.rego", "."], in: folder.url)
        #expect(run.code == 0, "\(run.errors)")
        func read(_ name: String) throws -> String {
            try String(contentsOf: folder.url.appendingPathComponent(name), encoding: .utf8)
        }
        #expect(try read("base/a.yaml") == object("  one: true # lintel:ignore TEAM-001\n  two: false\n"), "\(run.errors)")
        #expect(try read("y/p.yaml").hasSuffix("  three: true # lintel:ignore TEAM-003\n"), "\(run.errors)")
    }

    /// What is not looked at may need it: overlays elsewhere, other values of a chart.
    @Test func othersMayNeedThem() throws {
        let folder = try TemporaryFolder(), comment = "  one: false # lintel:ignore TEAM-001\n"
        try folder.write([
            "team.rego": Self.policies, "base/a.yaml": object(comment), "base/kustomization.yaml": "resources: [a.yaml]\n",
            "chart/Chart.yaml": "apiVersion: v2\nname: c\nversion: 1.0.0\n", "chart/values.yaml": "a: b\n",
            "chart/templates/a.yaml": object(comment + "  text: {{ .Values.a }}\n"),
        ])
        for arguments in [["base"], [".", "--plain"], ["chart"]] {
            let run = try LintelRun(
                ["fix", "--write", "--no-builtin", "--policy", "team.rego", "--allow-empty"] + arguments, in: folder.url)
            for name in ["base/a.yaml", "chart/templates/a.yaml"] {
                let text = try String(contentsOf: folder.url.appendingPathComponent(name), encoding: .utf8)
                #expect(text.contains("lintel:ignore"), "\(arguments) \(run.output) \(run.errors)")
            }
        }
    }

    /// Findings of policies that were not asked for say only whether a fix does harm.
    @Test func onlyWhatWasAskedForIsFixed() throws {
        let folder = try TemporaryFolder()
        let text =
            "apiVersion: kubelet.config.k8s.io/v1beta1\nkind: KubeletConfiguration\nreadOnlyPort: 10255\nprotectKernelDefaults: false\n"
        try folder.write(text, to: "k.yaml")
        let run = try LintelRun(["fix", "--write", "--unsafe-fixes", "--only", "LT-CIS-002", "k.yaml"], in: folder.url)
        let after = try String(contentsOf: folder.url.appendingPathComponent("k.yaml"), encoding: .utf8)
        #expect(after == text.replacing("protectKernelDefaults: false", with: "protectKernelDefaults: true"), "\(run.errors)")
        #expect((run.output + run.errors).contains("1 of 1 violation"), "\(run.output) \(run.errors)")
    }
}
