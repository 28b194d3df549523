import Diagnostics
import Documents

/// Ten steps of Rego for Kubernetes: `content/tutorial`, one YAML file for each.
///
/// A step's checks evaluate the reader's policies on manifests that the reader may not know; they name what must come
/// out, never how.
enum Tutorial {
    static let json: JSON = .object([("steps", .array(steps.map(\.json)))])

    static let steps: [Step] = Assets.files(below: "content/tutorial").enumerated().map { index, file in
        Step(number: index + 1, id: String(file.path.dropFirst("content/tutorial/".count).prefix { $0 != "." }), file.path)
    }

    struct Step: Sendable {
        let number: Int
        let id: String
        let title: String
        let text: [(kind: String, text: String)]
        let task: String
        let hints: [String]
        let workspace: Workspace
        /// The result view that shows what the step teaches: `values`, `violations` or `tests`.
        let shows: String
        let solution: String
        /// The tests that answer the task, for steps about tests.
        let solutionTests: String?
        let checks: [Check]

        init(number: Int, id: String, _ path: String) {
            let document = Content.document(path)
            defer { withExtendedLifetime(document) {} }
            let root = document.root
            func text(_ name: StaticString) -> String { root.field(name).stringValue ?? "" }
            self.number = number
            self.id = id
            title = text("title")
            shows = text("shows")
            task = text("task").trimmed
            solution = text("solution")
            solutionTests = root.field("solutionTests").stringValue
            hints = root.field("hints").items.compactMap(\.stringValue)
            self.text = root.field("text").items.compactMap { item in
                item.stringValue.map { ("paragraph", $0.trimmed) } ?? item.field("code").stringValue.map { ("code", $0) }
            }
            var workspace = Workspace()
            workspace[.policies] = [Workspace.File(path: "main.rego", text: text("policy"))]
            if let input = root.field("input").stringValue {
                workspace[.inputs] = [Workspace.File(path: "input.yaml", text: input)]
            }
            if let tests = root.field("tests").stringValue {
                workspace[.tests] = [Workspace.File(path: "main_test.rego", text: tests)]
            }
            if let data = root.field("data").stringValue {
                workspace[.data] = [Workspace.File(path: "data.yaml", text: data)]
            }
            self.workspace = workspace
            checks = root.field("checks").items.map(Check.init)
        }

        var json: JSON {
            .members([
                "id": .string(id), "number": .int(number), "title": .string(title),
                "text": .array(text.map { .object([("kind", .string($0.kind)), ("text", .string($0.text))]) }),
                "task": .string(task), "shows": .string(shows), "hints": .strings(hints), "workspace": workspace.json,
                "solution": .string(solution), "solutionTests": solutionTests.map(JSON.string),
            ])
        }
    }

    /// One thing that the reader's answer must do.
    struct Check: Sendable {
        let title: String
        /// A manifest; the step's own input when nil.
        let input: String?
        let query: String
        /// The expected value as compact JSON; nil when the query must be undefined.
        let value: String?
        /// Tests must run and pass, and fail with this policy in place of the reader's.
        let brokenPolicy: String?

        init(_ value: Value) {
            title = value.field("title").stringValue ?? ""
            input = value.field("input").stringValue
            query = value.field("query").stringValue ?? ""
            let expected = value.field("value")
            self.value = expected.isUndefined ? nil : JSONWriter.string(expected)
            brokenPolicy = value.field("brokenPolicy").stringValue
        }
    }
}

extension Value {
    /// An array's elements; nothing for any other kind.
    var items: [Value] { kind == .array ? Array(elements) : [] }
}
