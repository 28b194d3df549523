import Foundation
import Testing

/// Where fixes come from besides metadata: rules of policies, results, names that are misspelt, Kubescape's controls.
@Suite struct FixSourcesTests {
    private static let pod = """
        apiVersion: v1
        kind: Pod
        metadata:
          name: a
        spec:
          containers:
          - name: a   # one
            image: a:1
          - {name: b, image: b}

        """

    private static let policy = """
        package team

        deny contains {"msg": "no team", "path": "metadata.labels.team"} if not input.metadata.labels.team

        deny contains {"msg": sprintf("%s pulls seldom", [c.name]), "node": c, "field": "imagePullPolicy"} if {
            some c in input.spec.containers
            not c.imagePullPolicy
        }

        """

    private func fix(_ rule: String, _ text: String = pod, _ arguments: [String] = ["--unsafe-fixes"]) throws -> (
        LintelRun, String
    ) {
        let folder = try TemporaryFolder()
        try folder.write([
            "team.rego": rule.hasPrefix("package") || rule.hasPrefix("#") ? rule : Self.policy + rule, "a.yaml": text,
        ])
        let run = try LintelRun(
            ["fix", "--write", "--no-builtin", "--policy", "team.rego"] + arguments + ["a.yaml"], in: folder.url)
        return (run, try String(contentsOf: folder.url.appendingPathComponent("a.yaml"), encoding: .utf8))
    }

    /// Entries of the rule remedy what is at their place, below their node, or what they say in the same words.
    @Test func ruleReturnsPatches() throws {
        let (run, text) = try fix(
            """
            fix contains {"path": "metadata.labels.team", "patch": [{"op": "add", "path": "/metadata/labels/team", "value": "web"}]}
            fix contains {"node": c, "patch": [{"op": "add", "path": "/imagePullPolicy", "value": "Always"}], "unsafe": true} if {
                some c in input.spec.containers
            }
            """)
        #expect(run.code == 0, "\(run.errors)")
        #expect(run.errors == "3 of 3 violations fixed in 1 file\n")
        #expect(
            text
                == Self.pod.replacing("  name: a\n", with: "  name: a\n  labels:\n    team: web\n", maxReplacements: 1)
                .replacing("image: a:1\n", with: "image: a:1\n    imagePullPolicy: Always\n")
                .replacing("image: b}", with: "image: b, imagePullPolicy: Always}"))
    }

    /// Operations on their own are for all violations of the object, and made once.
    @Test func ruleReturnsOperations() throws {
        let (run, text) = try fix(
            """
            fix := [
                {"op": "add", "path": "/metadata/labels", "value": {"team": "web"}},
                {"op": "add", "path": "/spec/containers/0/imagePullPolicy", "value": "Always"},
                {"op": "add", "path": "/spec/containers/-", "value": {"name": "c", "image": "c:1", "imagePullPolicy": "Never"}},
                {"op": "copy", "from": "/metadata/name", "path": "/metadata/namespace"},
                {"op": "move", "from": "/spec/containers/1/image", "path": "/spec/containers/1/imagePullPolicy"},
                {"op": "test", "path": "/kind", "value": "Pod"},
            ]
            """)
        #expect(run.code == 0, "\(run.errors)")
        #expect(run.errors == "3 of 3 violations fixed in 1 file\n")
        for line in ["  namespace: a\n", "  - {name: b, imagePullPolicy: b}\n  - image: \"c:1\"\n", "    team: web\n"] {
            #expect(text.contains(line), "\(text)")
        }
    }

    /// What is unsafe waits, and what is wrong is refused with its reason; nothing is written then.
    @Test(arguments: [
        ("fix contains {\"op\": \"add\", \"path\": \"spec\", \"unsafe\": true}", "add needs a value"),
        ("fix contains {\"op\": \"replace\", \"path\": \"\", \"value\": 1}", "is a JSON Pointer"),
        ("fix contains {\"op\": \"swap\", \"path\": \"/spec\"}", "op of a fix is one of"),
        ("fix contains \"spec\"", "holds a string"),
        (
            "fix contains {\"patch\": [{\"op\": \"test\", \"path\": \"/kind\", \"value\": \"Job\"}]}",
            "test of the fix does not hold"
        ),
        ("fix contains {\"node\": {\"a\": 1}, \"patch\": []}", "node of its fix is no part of the object"),
        ("fix contains {\"op\": \"add\", \"path\": \"/a\", \"value\": numbers.range(1, 300000)}", "at most 1000 operations"),
        ("fix contains {\"op\": \"remove\", \"path\": \"/spec/containers/7\"}", "is a JSON Pointer"),
        ("fix contains {\"op\": \"add\", \"path\": \"/metadata/labels/other\", \"value\": \"a\"}", "it is found afterwards too"),
        ("fix contains {\"op\": \"remove\", \"path\": \"/metadata/name\"}", "afterwards"),
    ])
    func refusesWrongRules(_ rule: String, _ reason: String) throws {
        let (run, text) = try fix(rule)
        #expect(run.code == 1, "\(run.errors)")
        #expect(run.errors.contains(reason) || reason == "afterwards" && run.errors.contains("not fixed"), "\(run.errors)")
        #expect(text == Self.pod)
    }

    @Test func unsafeRulesWait() throws {
        let (run, text) = try fix(
            "fix contains {\"op\": \"add\", \"path\": \"/metadata/labels/team\", \"value\": \"a\", \"unsafe\": true}", Self.pod,
            [])
        #expect(run.code == 0 && text == Self.pod)
        #expect(run.errors == "0 of 3 violations fixed in 0 files; 3 more with --unsafe-fixes\n")
    }

    /// `fix: {rule: deny}`: the results say it themselves. Other members of that name are details.
    @Test func resultsSayTheirFix() throws {
        let head = "# METADATA\n# scope: package\n# custom:\n#   fix: {rule: deny}\n"
        let rule = """
            package team

            deny contains {"msg": "no team", "path": "metadata.labels.team", "fix": [
                {"op": "add", "path": "metadata.labels.team", "value": "web"},
            ]} if not input.metadata.labels.team

            """
        let (run, text) = try fix(head + rule)
        #expect(run.errors == "1 of 1 violation fixed in 1 file\n")
        #expect(text.contains("  labels:\n    team: web\n"))
        let (other, same) = try fix(rule)
        #expect(other.errors == "0 of 1 violation fixed in 0 files\n")
        #expect(same == Self.pod)
    }

    /// Names of fields and values that are spelt much like right ones.
    @Test func misspeltNames() throws {
        let folder = try TemporaryFolder()
        try folder.write(
            """
            apiVersion: v1
            kind: Pod
            metadata: {name: a}
            spec:
              restartPolcy: Alway   # twice
              containers:
              - name: a
                image: a:1
                "imagePullpolicy": Always

            """, to: "a.yaml")
        let arguments = ["fix", "--only", "LT-SCH-001", "--only", "LT-SCH-004", "a.yaml"]
        #expect(try LintelRun(arguments, in: folder.url).errors.contains("2 more with --unsafe-fixes"))
        let run = try LintelRun(arguments + ["--unsafe-fixes", "--write"], in: folder.url)
        #expect(run.code == 0, "\(run.errors)")
        let text = try String(contentsOf: folder.url.appendingPathComponent("a.yaml"), encoding: .utf8)
        #expect(text.contains("  restartPolicy: Always   # twice\n"), "\(text)")
        #expect(text.contains("    imagePullPolicy: Always\n"), "\(text)")
    }

    /// `fixPaths` and `deletePaths` of Kubescape's controls become edits, unless a value is the user's to choose.
    @Test func kubescapeFixes() throws {
        let control = """
            package armo_builtins

            deny contains msga if {
                pod := input[_]
                pod.kind == "Pod"
                not pod.spec.containers[0].securityContext.runAsNonRoot
                msga := {
                    "alertMessage": "root", "deletePaths": ["spec.hostPID"], "failedPaths": [],
                    "fixPaths": [
                        {"path": "spec.containers[0].securityContext.runAsNonRoot", "value": "true"},
                        {"path": "spec.containers[0].securityContext.runAsUser", "value": "1000"},
                        {"path": "spec.containers[0].securityContext.capabilities.drop[0]", "value": "ALL"},
                    ],
                    "alertObject": {"k8sApiObjects": [pod]},
                }
            }

            deny contains msga if {
                pod := input[_]
                not pod.metadata.namespace
                msga := {
                    "alertMessage": "no namespace", "failedPaths": [],
                    "fixPaths": [{"path": "metadata.namespace", "value": "YOUR_NAMESPACE"}],
                    "alertObject": {"k8sApiObjects": [pod]},
                }
            }

            """
        let folder = try TemporaryFolder()
        try folder.write([
            "rules/one/raw.rego": control,
            "a.yaml": Self.pod.replacing("spec:\n", with: "spec:\n  hostPID: true\n") + "---\n" + Self.pod,
        ])
        let run = try LintelRun(
            ["fix", "--write", "--unsafe-fixes", "--no-builtin", "--policy", "rules", "a.yaml"], in: folder.url)
        #expect(run.code == 0, "\(run.errors)")
        #expect(run.errors == "2 of 4 violations fixed in 1 file\n")
        let text = try String(contentsOf: folder.url.appendingPathComponent("a.yaml"), encoding: .utf8)
        let context = """
                securityContext:
                  runAsNonRoot: true
                  runAsUser: 1000
                  capabilities:
                    drop:
                    - ALL

            """
        #expect(text.components(separatedBy: context).count == 3, "\(text)")
        #expect(!text.contains("hostPID") && !text.contains("YOUR_"))
    }

    /// A fix that does harm is left out by itself, with what it would bring; the other fixes of its policy are made.
    @Test func eachFixStandsByItself() throws {
        let names = ["a", "b", "c", "d"]
        let text =
            "apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\n  labels: {team: x}\nspec:\n  containers:\n"
            + names.map { "  - name: \($0)\n    image: \($0):1\n" }.joined()
        let (run, result) = try fix(
            Self.policy + """
                violation contains {"msg": sprintf("%s must not pull", [c.name]), "node": c, "field": "imagePullPolicy"} if {
                    some c in input.spec.containers
                    c.name in {"b", "d"}
                    c.imagePullPolicy == "Always"
                }

                fix contains {"node": c, "patch": [{"op": "add", "path": "/imagePullPolicy", "value": "Always"}]} if {
                    some c in input.spec.containers
                }
                """, text)
        #expect(run.code == 1, "\(run.errors)")
        var expected = text
        for name in ["a", "c"] {
            expected = expected.replacing("image: \(name):1\n", with: "image: \(name):1\n    imagePullPolicy: Always\n")
        }
        #expect(result == expected, "\(result)\n\(run.errors)")
        for name in ["b", "d"] {
            #expect(
                run.errors.contains(/a.yaml:\d+:\d+: team.deny: afterwards team.violation is found: \S must not pull/)
                    && run.errors.contains("is found: \(name) must not pull"), "\(run.errors)")
        }
        #expect(run.errors.contains("2 of 4 violations fixed in 1 file"), "\(run.errors)")
    }

    /// Characters that JSON for web pages escapes are written as they are.
    @Test func plainCharacters() throws {
        let (run, text) = try fix(
            """
            fix contains {"path": "metadata.labels.team", "patch": [
                {"op": "add", "path": "/metadata/labels/team", "value": "a"},
                {"op": "add", "path": "/metadata/annotations/note", "value": "a <b> & c"},
            ]}
            """)
        #expect(run.code == 0, "\(run.errors)")
        #expect(text.contains("    note: \"a <b> & c\"\n"), "\(text)")
    }
}
