import Foundation
import TestSupport
import Testing

/// Gatekeeper's mutators in `lintel mutate`: what each form does to an object. Each result is given to the program once more,
/// and must stay as it is.
@Suite struct GatekeeperMutatorTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var name: String
        /// Mutators in short: kind, name, and spec.
        var mutators: [String]
        var object: String
        var want: String
        var testDescription: String { name }
    }

    private static let pods = "applyTo: [{groups: [\"\"], versions: [v1], kinds: [Pod]}]"

    private static func mutator(_ kind: String, _ spec: String, name: String = "m") -> String {
        "---\napiVersion: mutations.gatekeeper.sh/v1\nkind: \(kind)\nmetadata: {name: \(name)}\nspec: {\(spec)}\n"
    }

    private static func assign(_ location: String, _ value: String, _ rest: String = "", name: String = "m") -> String {
        mutator(
            "Assign",
            "\(pods), location: '\(location)', parameters: {assign: {value: \(value)}\(rest.isEmpty ? "" : ", \(rest)")}",
            name: name)
    }

    private static func label(_ path: String, _ value: String, match: String = "{}", name: String = "m") -> String {
        mutator("AssignMetadata", "match: \(match), location: '\(path)', parameters: {assign: {value: \(value)}}", name: name)
    }

    private static func set(_ location: String, _ values: String, _ operation: String = "merge", name: String = "m") -> String {
        mutator(
            "ModifySet",
            "\(pods), location: '\(location)', parameters: {operation: \(operation), values: {fromList: \(values)}}", name: name)
    }

    private static func image(_ parameters: String, _ location: String = "spec.containers[name: *].image") -> String {
        mutator("AssignImage", "\(pods), location: '\(location)', parameters: {\(parameters)}")
    }

    private static func pod(_ spec: String, metadata: String = "{name: p, namespace: shop}") -> String {
        "{apiVersion: v1, kind: Pod, metadata: \(metadata), spec: \(spec)}"
    }

    private static func images(_ image: String) -> String { pod("{containers: [{name: a, image: '\(image)'}]}") }

    private static let digest = "@sha256:abcde67890123456789abc345678901a"

    static let cases: [Case] =
        assigning + testing + labelling + sets
        + [
            ("repo/app", "assignDomain: r.io", "r.io/repo/app"),
            ("my.r.io:2000/repo/app:latest", "assignDomain: other.io", "other.io/repo/app:latest"),
            ("my.r.io/repo/app:latest", "assignPath: team/b", "my.r.io/team/b:latest"),
            ("localhost/app", "assignTag: ':v2'", "localhost/app:v2"),
            ("app:v1\(digest)", "assignTag: ':v2'", "app:v2"),
            ("r.io/app", "assignTag: '\(digest)'", "r.io/app\(digest)"),
            ("a/b", "assignDomain: localhost:5000, assignPath: c, assignTag: ':d'", "localhost:5000/c:d"),
        ].map { old, parameters, new in
            Case(name: "image \(old) \(parameters)", mutators: [image(parameters)], object: images(old), want: images(new))
        }

    private static let assigning = [
        Case(
            name: "makes what is missing", mutators: [assign("spec.securityContext.runAsNonRoot", "true")], object: pod("{}"),
            want: pod("{securityContext: {runAsNonRoot: true}}")),
        Case(
            name: "one element", mutators: [assign("spec.containers[name:foo].securityContext.privileged", "false")],
            object: pod("{containers: [{name: foo}, {name: bar}]}"),
            want: pod("{containers: [{name: foo, securityContext: {privileged: false}}, {name: bar}]}")),
        Case(
            name: "makes an element", mutators: [assign("spec.containers[name: foo].image", "x")],
            object: pod("{containers: [{name: bar}]}"), want: pod("{containers: [{name: bar}, {name: foo, image: x}]}")),
        Case(
            name: "makes a list", mutators: [assign("spec.containers[name: foo].image", "x")], object: pod("{}"),
            want: pod("{containers: [{name: foo, image: x}]}")),
        Case(
            name: "all elements", mutators: [assign("spec.containers[name: *].imagePullPolicy", "Always")],
            object: pod("{containers: [{name: a, imagePullPolicy: Never}, {name: b}]}"),
            want: pod("{containers: [{name: a, imagePullPolicy: Always}, {name: b, imagePullPolicy: Always}]}")),
        Case(
            name: "* makes nothing", mutators: [assign("spec.initContainers[name: *].image", "x")], object: pod("{a: 1}"),
            want: pod("{a: 1}")),
        Case(
            name: "a whole element", mutators: [assign("spec.containers[name: net]", "{name: net, image: n}")],
            object: pod("{containers: [{name: a}, {name: net, image: old, tty: true}]}"),
            want: pod("{containers: [{name: a}, {name: net, image: n}]}")),
        Case(
            name: "an element by number", mutators: [assign("spec.ports[port: 8080].name", "web")],
            object: pod("{ports: [{port: 8080}, {port: '8080'}]}"),
            want: pod("{ports: [{port: 8080, name: web}, {port: '8080'}]}")),
        Case(
            name: "quoted names", mutators: [assign("spec.\"a.b\".c", "{d: [1]}")], object: pod("{}"),
            want: pod("{a.b: {c: {d: [1]}}}")),
        Case(
            name: "the last one wins", mutators: [assign("spec.a", "1", name: "z"), assign("spec.a", "2", name: "b")],
            object: pod("{}"), want: pod("{a: 1}")),
        Case(
            name: "in rounds",
            mutators: [
                label("metadata.labels.b", "x", match: "{labelSelector: {matchLabels: {c: x}}}", name: "a"),
                label("metadata.labels.c", "x", name: "z"),
            ], object: pod("{}"),
            want: pod("{}", metadata: "{name: p, namespace: shop, labels: {b: x, c: x}}")),
        Case(
            name: "other kinds stay",
            mutators: [
                mutator(
                    "Assign",
                    "applyTo: [{groups: [apps], versions: [v1], kinds: [Pod]}], location: spec.a, parameters: {assign: {value: 1}}"
                )
            ],
            object: pod("{}"), want: pod("{}")),
        Case(
            name: "other operations are for requests alone",
            mutators: [
                mutator(
                    "Assign",
                    "applyTo: [{groups: [\"\"], versions: [v1], kinds: [Pod], operations: [UPDATE]}], location: spec.a, parameters: {assign: {value: 1}}"
                )
            ],
            object: pod("{}"), want: pod("{a: 1}")),
        Case(
            name: "from metadata",
            mutators: [mutator("Assign", "\(pods), location: spec.app, parameters: {assign: {fromMetadata: {field: name}}}")],
            object: pod("{}"), want: pod("{app: p}")),
    ]

    private static let testing = [
        Case(
            name: "must exist", mutators: [assign("spec.a.b", "1", "pathTests: [{subPath: spec.a, condition: MustExist}]")],
            object: pod("{}"), want: pod("{}")),
        Case(
            name: "exists", mutators: [assign("spec.a.b", "1", "pathTests: [{subPath: spec.a, condition: MustExist}]")],
            object: pod("{a: {}}"), want: pod("{a: {b: 1}}")),
        Case(
            name: "must not exist",
            mutators: [assign("spec.a.b", "1", "pathTests: [{subPath: spec.a.b, condition: MustNotExist}]")],
            object: pod("{a: {b: 2}}"), want: pod("{a: {b: 2}}")),
        Case(
            name: "an element must exist",
            mutators: [
                assign(
                    "spec.containers[name: foo].a", "1",
                    "pathTests: [{subPath: \"spec.containers[name: foo]\", condition: MustExist}]")
            ], object: pod("{containers: [{name: b}]}"), want: pod("{containers: [{name: b}]}")),
        Case(
            name: "parents are not made when a test forbids it",
            mutators: [assign("spec.a.b.c", "1", "pathTests: [{subPath: spec.a.b, condition: MustExist}]")], object: pod("{}"),
            want: pod("{}")),
    ]

    private static let labelling = [
        Case(
            name: "adds a label", mutators: [label("metadata.labels.owner", "admin")], object: pod("{}"),
            want: pod("{}", metadata: "{name: p, namespace: shop, labels: {owner: admin}}")),
        Case(
            name: "keeps a label", mutators: [label("metadata.labels.owner", "admin")],
            object: pod("{}", metadata: "{name: p, labels: {owner: me}}"),
            want: pod("{}", metadata: "{name: p, labels: {owner: me}}")),
        Case(
            name: "an annotation with dots", mutators: [label("metadata.annotations.\"a.b/c\"", "x")],
            object: pod("{}", metadata: "{name: p}"), want: pod("{}", metadata: "{name: p, annotations: {a.b/c: x}}")),
        Case(
            name: "from the namespace",
            mutators: [
                mutator(
                    "AssignMetadata", "location: metadata.labels.ns, parameters: {assign: {fromMetadata: {field: namespace}}}")
            ], object: pod("{}"), want: pod("{}", metadata: "{name: p, namespace: shop, labels: {ns: shop}}")),
        Case(
            name: "by name", mutators: [label("metadata.labels.a", "x", match: "{name: q*}")], object: pod("{}"), want: pod("{}")),
        Case(
            name: "by scope", mutators: [label("metadata.labels.a", "x", match: "{scope: Cluster}")], object: pod("{}"),
            want: pod("{}")),
        Case(
            name: "not of generated objects alone", mutators: [label("metadata.labels.a", "x", match: "{source: Generated}")],
            object: pod("{}"), want: pod("{}")),
    ]

    private static let sets = [
        Case(
            name: "adds to a set", mutators: [set("spec.containers[name: *].args", "[a, b]")],
            object: pod("{containers: [{name: x, args: [b, c]}, {name: y}]}"),
            want: pod("{containers: [{name: x, args: [b, c, a]}, {name: y, args: [a, b]}]}")),
        Case(
            name: "removes from a set", mutators: [set("spec.containers[name: *].args", "[a, b]", "prune")],
            object: pod("{containers: [{name: x, args: [a, c, b, a]}, {name: y}]}"),
            want: pod("{containers: [{name: x, args: [c]}, {name: y}]}")),
        Case(
            name: "objects are members", mutators: [set("spec.x", "[{a: 1}]")], object: pod("{x: [{a: 1}, {a: 2}]}"),
            want: pod("{x: [{a: 1}, {a: 2}]}")),
        Case(
            name: "what is added and removed in one round is as before",
            mutators: [set("spec.x", "[a]", name: "a"), set("spec.x", "[a]", "prune", name: "b")], object: pod("{x: [b]}"),
            want: pod("{x: [b]}")),
        Case(
            name: "what is removed and added in one round is there",
            mutators: [set("spec.x", "[a]", "prune", name: "a"), set("spec.x", "[a]", name: "b")], object: pod("{x: [b]}"),
            want: pod("{x: [b, a]}")),
    ]

    private func mutate(_ policy: String, _ object: String, _ options: [String] = []) throws -> LintelRun {
        let folder = try TemporaryFolder()
        try folder.write(["policy.yaml": policy, "object.yaml": object])
        return try LintelRun(["mutate", "--policy", "policy.yaml", "object.yaml", "-f", "json"] + options, in: folder.url)
    }

    private static func json(_ text: String) throws -> NSDictionary {
        let value = try JSONSerialization.jsonObject(with: Data(text.utf8))
        return try #require(value as? NSDictionary)
    }

    @Test(arguments: cases) func changesObjects(_ example: Case) throws {
        let policy = example.mutators.joined()
        let first = try mutate(policy, example.object)
        #expect(first.code == 0, "\(first.errors)")
        // The program reads the YAML of the expectation too: a mutator that is about nothing prints it as it is.
        let wanted = try mutate(Self.label("metadata.labels.a", "x", match: "{name: nobody}"), example.want)
        #expect(try Self.json(first.output) == Self.json(wanted.output), "\(first.output)")
        let second = try mutate(policy, first.output)
        #expect(second.output == first.output, "\(second.output)")
    }

    struct Broken: Sendable, CustomTestStringConvertible {
        var mutator: String
        var says: String
        var testDescription: String { says }
    }

    static let broken = [
        Broken(mutator: assign("spec.containers[name foo].a", "1"), says: "a colon is expected after name, not \"foo\""),
        Broken(mutator: assign("spec.a.", "1"), says: "it ends with a dot"),
        Broken(mutator: assign("spec.3", "1"), says: "the name of a field is expected, not 3"),
        Broken(mutator: assign("", "1"), says: "it is empty"),
        Broken(mutator: assign("metadata.labels.a", "x"), says: "changed by AssignMetadata alone"),
        Broken(mutator: assign("spec.a[name: b].name", "c"), says: "name names the elements of the list"),
        Broken(mutator: assign("spec.a[name: b]", "{name: c}"), says: "not an object with the name that the location names"),
        Broken(mutator: assign("spec.a[name: *]", "{name: c}"), says: "in place of all elements"),
        Broken(mutator: assign("spec.a", "null"), says: "assign needs one of value and fromMetadata"),
        Broken(
            mutator: assign("spec.a", "1", "pathTests: [{subPath: spec.b, condition: MustExist}]"),
            says: "the subPath is not the beginning of the location"),
        Broken(
            mutator: assign("spec.a", "1", "pathTests: [{subPath: spec.a, condition: Exists}]"),
            says: "a condition is MustExist or MustNotExist"),
        Broken(
            mutator: assign(
                "spec.a", "1", "pathTests: [{subPath: spec, condition: MustNotExist}, {subPath: spec.a, condition: MustExist}]"),
            says: "a path must exist in one that must not"),
        Broken(
            mutator: mutator("Assign", "location: spec.a, parameters: {assign: {value: 1}}"), says: "applyTo is missing"),
        Broken(
            mutator: mutator("Assign", "applyTo: [{kinds: [Pod]}], location: spec.a, parameters: {assign: {value: 1}}"),
            says: "needs groups, versions and kinds"),
        Broken(
            mutator: mutator("Assign", "\(pods), location: spec.a, parameters: {assign: {externalData: {provider: p}}}"),
            says: "externalData asks a server"),
        Broken(mutator: label("metadata.name", "x"), says: "an AssignMetadata sets a label or an annotation"),
        Broken(mutator: label("metadata.labels.a", "1"), says: "the value of an AssignMetadata is a text"),
        Broken(mutator: label("metadata.labels.a", "x", match: "{scope: All}"), says: "scope is \"All\""),
        Broken(mutator: set("spec.a", "[1]", "replace"), says: "the operation of a ModifySet is merge or prune"),
        Broken(mutator: set("spec.a[name: b]", "[1]"), says: "ends with a field, not with an element"),
        Broken(mutator: image("assignTag: v1"), says: "assignTag \"v1\" is neither a tag such as :v1"),
        Broken(mutator: image("assignPath: r.io/app"), says: "assignDomain must be set too"),
        Broken(mutator: image("assignDomain: registry"), says: "is no host such as"),
        Broken(mutator: image("pathTests: []"), says: "needs assignDomain, assignPath or assignTag"),
        Broken(mutator: mutator("AssignAll", "location: spec.a"), says: "AssignAll is no mutator"),
    ]

    @Test(arguments: broken) func brokenMutatorsSpoilNoOther(_ example: Broken) throws {
        let run = try mutate(example.mutator + Self.label("metadata.labels.healthy", "x", name: "h"), Self.pod("{}"))
        #expect(run.code == 2)
        #expect(run.errors.contains(example.says), "\(run.errors)")
        #expect(run.errors.components(separatedBy: " error: ").count == 2, "\(run.errors)")
        #expect(run.errors.contains("policy.yaml:"), "\(run.errors)")
        #expect(run.output.contains("\"healthy\":\"x\""), "\(run.output)")
    }

    @Test(arguments: [
        (assign("spec.a[name: x].b", "1", name: "l"), assign("spec.a.b", "1", name: "o")),
        (assign("spec.a[name: x].b", "1", name: "l"), assign("spec.a[key: x].b", "1", name: "o")),
        (set("spec.a", "[1]", name: "l"), assign("spec.a.b", "1", name: "o")),
    ]) func mutatorsThatContradictEachOtherDoNothing(_ one: String, _ other: String) throws {
        let run = try mutate(one + other + Self.assign("spec.c", "1", name: "free"), Self.pod("{}"))
        #expect(run.code == 2)
        #expect(run.errors.components(separatedBy: "so that neither changes anything").count == 3, "\(run.errors)")
        #expect(run.output.contains("\"spec\":{\"c\":1}"), "\(run.output)")
    }

    @Test func objectsThatMutatorsDoNotFitAreErrorsAndStay() throws {
        let policy = Self.assign("spec.a.b", "1", name: "fits-not") + Self.label("metadata.labels.x", "y", name: "fits")
        let run = try mutate(policy, Self.pod("{a: [1]}"))
        #expect(run.code == 2)
        #expect(run.errors.contains("Assign/fits-not cannot change Pod shop/p: spec.a is of type array"), "\(run.errors)")
        #expect(!run.output.contains("labels"), "\(run.output)")
    }

    @Test func namespacesAreThoseOfTheInput() throws {
        let policy = Self.label(
            "metadata.labels.a", "x", match: "{kinds: [{kinds: [Pod]}], namespaceSelector: {matchLabels: {t: p}}}")
        let namespace = "apiVersion: v1\nkind: Namespace\nmetadata: {name: shop, labels: {t: p}}\n---\n"
        let known = try mutate(policy, namespace + Self.pod("{}"))
        #expect(known.code == 0 && known.output.contains("\"a\":\"x\""), "\(known.output)\(known.errors)")
        let unknown = try mutate(policy, Self.pod("{}"))
        #expect(unknown.code == 2 && unknown.errors.contains("labels of Namespace \"shop\""), "\(unknown.errors)")
    }

    @Test func configurationsKeepMutatorsOutOfNamespaces() throws {
        for (process, isOut) in [("*", true), ("mutation-webhook", true), ("audit", false)] {
            let config =
                "---\napiVersion: config.gatekeeper.sh/v1alpha1\nkind: Config\nmetadata: {name: config}\nspec: {match: [{excludedNamespaces: [sh*], processes: [\"\(process)\"]}]}\n"
            let run = try mutate(Self.label("metadata.labels.a", "x") + config, Self.pod("{}"))
            #expect(run.output.contains("labels") != isOut, "\(process): \(run.output)")
        }
    }

    @Test func mutatorsChangeWhatIsExpandedAndChecked() throws {
        let expansion =
            "---\napiVersion: expansion.gatekeeper.sh/v1alpha1\nkind: ExpansionTemplate\nmetadata: {name: e}\nspec: {applyTo: [{groups: [apps], versions: [v1], kinds: [Deployment]}], templateSource: spec.template, generatedGVK: {version: v1, kind: Pod}}\n"
        let deployment =
            "---\napiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web, namespace: shop}\nspec: {template: {spec: {containers: [{name: a}]}}}\n"
        let mutator = Self.assign("spec.containers[name: *].image", "new", name: "i").replacingOccurrences(
            of: "spec: {", with: "spec: {match: {source: Generated}, ")
        let folder = try TemporaryFolder()
        try folder.write(["all.yaml": expansion + mutator + deployment])
        let run = try LintelRun(["expand", "all.yaml"], in: folder.url)
        #expect(run.code == 0 && run.output.contains("image: new"), "\(run.output)\(run.errors)")
        let template = """
            ---
            apiVersion: templates.gatekeeper.sh/v1
            kind: ConstraintTemplate
            metadata: {name: noimage}
            spec:
              crd: {spec: {names: {kind: NoImage}}}
              targets:
                - target: admission.k8s.gatekeeper.sh
                  rego: |
                    package noimage

                    violation[{"msg": msg}] {
                      msg := sprintf("image %v", [input.review.object.spec.containers[_].image])
                    }
            ---
            apiVersion: constraints.gatekeeper.sh/v1beta1
            kind: NoImage
            metadata: {name: c}
            spec: {match: {kinds: [{kinds: [Pod], apiGroups: [""]}]}}

            """
        try folder.write(["policy.yaml": template + expansion + mutator, "object.yaml": deployment])
        let check = try LintelRun(["check", "--no-builtin", "--policy", "policy.yaml", "object.yaml"], in: folder.url)
        #expect(check.code == 1 && check.output.contains("[Implied by e] image new"), "\(check.output)\(check.errors)")
    }

    @Test func checkedObjectsAreChangedWhenAsked() throws {
        let folder = try TemporaryFolder()
        try folder.write([
            "policy.yaml": Self.assign("spec.bad", "true"), "object.yaml": Self.pod("{}"),
            "policy.rego": "package p\nimport rego.v1\ndeny contains \"bad\" if input.spec.bad\n",
        ])
        let options = ["check", "--no-builtin", "--policy", "policy.yaml", "--policy", "policy.rego", "object.yaml"]
        #expect(try LintelRun(options, in: folder.url).code == 0)
        let run = try LintelRun(options + ["--mutated"], in: folder.url)
        #expect(run.code == 1 && run.output.contains("bad"), "\(run.output)\(run.errors)")
    }
}
