/// Templates of Gatekeeper that come to the Namespace of an object in ways that are easily missed, and some that do not.
package struct NamespaceTemplate: Sendable, CustomStringConvertible {
    package let name: String
    let rego: [String]
    let libraries: [[String]]

    init(_ name: String, _ rego: [String], libraries: [[String]] = []) {
        (self.name, self.rego, self.libraries) = (name, rego, libraries)
    }

    package var description: String { name }

    /// The template and a constraint of all ConfigMaps; what it finds is called `found`, with a value.
    package var text: String {
        func block(_ lines: [String], _ indent: String) -> String { lines.map { "\n" + indent + $0 }.joined() }
        let libs = libraries.map { "\n      - |" + block($0, "          ") }.joined()
        return """
            apiVersion: templates.gatekeeper.sh/v1
            kind: ConstraintTemplate
            metadata: {name: looksaround}
            spec:
              crd: {spec: {names: {kind: LooksAround}}}
              targets:
                - target: admission.k8s.gatekeeper.sh
                  rego: |\(block(["package looksaround", Self.violation] + rego, "        "))\(libs.isEmpty ? "" : "\n      libs:" + libs)
            ---
            apiVersion: constraints.gatekeeper.sh/v1beta1
            kind: LooksAround
            metadata: {name: c}
            spec: {match: {kinds: [{apiGroups: [""], kinds: [ConfigMap]}]}}

            """
    }

    private static let violation = #"violation[{"msg": msg}] { msg := sprintf("found %v", [value]) }"#
    private static let reading = "namespaceObject.metadata.labels.team"

    /// Those that find `blue`, the label `team` of the Namespace.
    package static let looking = calls + builtins + values

    private static let calls = [
        NamespaceTemplate(
            "a function of a longer name", ["f(o) = o.kind", "u.f(o) = o.\(reading)", "value = u.f(input.review)"]),
        NamespaceTemplate(
            "a function of a library by another name", ["import data.lib.a.f as g", "g2(o) = o", "value = g(input.review)"],
            libraries: [["package lib.a", "f(o) = o.\(reading)", "g(o) = 1 { o.kind }"]]),
        NamespaceTemplate(
            "a library by another name", ["import data.lib.a as b", "f(o) = o.kind", "value = b.f(input.review)"],
            libraries: [["package lib.a", "f(o) = o.\(reading)"], ["package lib.b", "f(o) = o.kind"]]),
        NamespaceTemplate(
            "a function by its whole path", ["f(o) = o.kind", "value = data.lib.a.f(input.review)"],
            libraries: [["package lib.a", "f(o) = o.\(reading)"]]),
        NamespaceTemplate(
            "a library in two parts", ["import data.lib.a", "value = a.f(input.review)"],
            libraries: [["package lib.a", "f(o) = g(o)"], ["package lib.a", "g(o) = o.\(reading)"]]),
        NamespaceTemplate(
            "a library that takes the name of a builtin",
            ["import data.lib.object", #"value = object.get(input.review, "kind", 1)"#],
            libraries: [["package lib.object", "get(o, _, _) = o.\(reading)"]]),
        NamespaceTemplate(
            "another function in place of one",
            ["f(o) = o.kind.kind", "g(o) = o.\(reading)", "h = f(input.review)", "value = v { v := h with f as g }"]),
        NamespaceTemplate(
            "a function of what is to be given",
            ["f(\"red\", _) = 1", "f(input.review.\(reading), x) = x", #"value = f("blue", "blue")"#]),
        NamespaceTemplate(
            "a branch of a function",
            [#"f(o) = "red" { o.kind.kind == "Pod" } else = o.\#(reading) { true }"#, "value = f(input.review)"]),
    ]

    private static let builtins = [
        NamespaceTemplate(
            "object.get",
            ["get(o) = o.metadata.name", #"value = object.get(input.review, "namespaceObject", {}).metadata.labels.team"#]),
        NamespaceTemplate("object.union", ["union(o) = o.kind", "value = object.union(input.review, {}).\(reading)"]),
        NamespaceTemplate(
            "object.filter", ["filter(o) = o.kind", #"value = object.filter(input.review, ["namespaceObject"]).\#(reading)"#]),
        NamespaceTemplate(
            "json.filter",
            ["filter(o) = o.kind", #"value = json.filter(input.review, ["namespaceObject/metadata"]).\#(reading)"#]),
        NamespaceTemplate(
            "object.remove", ["remove(o) = o.kind", #"value = object.remove(input.review, ["object"]).\#(reading)"#]),
        NamespaceTemplate(
            "json.marshal", ["marshal(o) = o.kind", "value = json.unmarshal(json.marshal(input.review)).\(reading)"]),
        NamespaceTemplate(
            "walk",
            [
                "walk2(o) = o.kind",
                #"value = v { walk(input.review, [path, v]); path[3] == "team"; path[0] == "namespaceObject" }"#,
            ]),
        NamespaceTemplate("an assignment", ["assign(o) = o.kind", "value = v { r := input.review; v := r.\(reading) }"]),
        NamespaceTemplate("an equation", ["eq(o) = o.kind", "value = v { r = input.review; v := r.\(reading) }"]),
    ]

    private static let values = [
        NamespaceTemplate("a rule that is the review", ["r = input.review", "value = r.\(reading)"]),
        NamespaceTemplate("a rule that is the input", ["r = input", "value = r.review.\(reading)"]),
        NamespaceTemplate("a rule with the review in a list", ["r = [input.review]", "value = r[0].\(reading)"]),
        NamespaceTemplate("an imported review", ["import input.review as r", "value = r.\(reading)"]),
        NamespaceTemplate("an imported input", ["import input as r", "value = r.review.\(reading)"]),
        NamespaceTemplate("keys of the input", ["value = v { some x; v := input[x].\(reading) }"]),
        NamespaceTemplate("keys of the review", ["value = v { some x; v := input.review[x].metadata.labels.team }"]),
        NamespaceTemplate("a comprehension", ["value = v { v := [r | r := input.review][_].\(reading) }"]),
        NamespaceTemplate(
            "another input", [#"other = input.a.\#(reading)"#, #"value = v { v := other with input as {"a": input.review} }"#]),
        NamespaceTemplate(
            "every member",
            [
                "import future.keywords",
                "value = \"red\" { every k, m in input.review { m != 1; k != \"namespaceObject\" } } "
                    + "else = input.review.\(reading) { true }",
            ]),
        NamespaceTemplate(
            "members", ["import future.keywords", "value = v { some m in input.review; v := m.metadata.labels.team }"]),
    ]

    /// Those that find something else of each ConfigMap.
    package static let judgingAlone = [
        NamespaceTemplate("a function", ["f(o) = o.kind.kind", "value = f(input.review)"]),
        NamespaceTemplate(
            "a function of a library", ["import data.lib.a.f as g", "value = g(input.review)"],
            libraries: [["package lib.a", "f(o) = o.kind.kind", "g(o) = o.\(reading)"]]),
        NamespaceTemplate(
            "a library by another name", ["import data.lib.a as b", "value = b.f(input.review)"],
            libraries: [["package lib.a", "f(o) = g(o)"], ["package lib.a", "g(o) = o.kind.kind"]]),
        NamespaceTemplate("object.get", [#"value = object.get(input.review, "object", {}).kind"#]),
    ]
}
