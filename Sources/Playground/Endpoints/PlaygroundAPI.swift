import Catalogue
import Text

/// One operation of the API.
struct Endpoint: Sendable {
    let method: String
    /// A path; `*` at its end stands for one more part.
    let path: String
    /// The media type of the body; nil when there is none.
    let bodyType: String?
    let handle: @Sendable (PlaygroundAPI, APICall) throws -> APIAnswer

    static func get(
        _ path: String, _ handle: @escaping @Sendable (PlaygroundAPI, APICall) throws -> APIAnswer
    ) -> Endpoint { Endpoint(method: "GET", path: path, bodyType: nil, handle: handle) }

    static func post(
        _ path: String, type: String = "application/json",
        _ handle: @escaping @Sendable (PlaygroundAPI, APICall) throws -> APIAnswer
    ) -> Endpoint { Endpoint(method: "POST", path: path, bodyType: type, handle: handle) }

    /// The part of `path` that `*` stands for, empty without one; nil for another path.
    func match(_ path: String) -> String? {
        guard self.path.hasSuffix("*") else { return self.path == path ? "" : nil }
        let prefix = self.path.dropLast()
        guard path.hasPrefix(prefix) else { return nil }
        let rest = path.dropFirst(prefix.count)
        return rest.isEmpty || rest.contains("/") ? nil : String(rest)
    }
}

/// The operations behind the page; they share nothing but what never changes, except the folder of `--workspace`.
struct PlaygroundAPI: Sendable {
    let options: PlaygroundOptions
    let library: PolicyLibrary
    let store: WorkspaceStore
    /// Names the version of all files of the page.
    let entityTag: String

    var limits: PlaygroundLimits { options.limits }

    init(_ options: PlaygroundOptions, library: PolicyLibrary) {
        self.options = options
        self.library = library
        store = WorkspaceStore(options)
        entityTag = "\"\(FNVHash.text(Assets.files.values.sorted { $0.path < $1.path }.map(\.bytes)))\""
    }

    let endpoints: [Endpoint] = [
        .get("/api/info") { api, _ in .json(api.info) },
        .get("/api/builtins") { _, _ in .json(BuiltinHelp.json) },
        .get("/api/openapi.yaml") { _, _ in
            APIAnswer(type: "application/yaml", bytes: Array(Assets.text("playground.openapi.yaml").utf8))
        },
        .post("/api/evaluate") { api, call in try api.evaluate(call) },
        .post("/api/query") { api, call in try api.query(call) },
        .post("/api/test") { api, call in try api.test(call) },
        .post("/api/format") { api, call in try api.format(call) },
        .post("/api/complete") { api, call in try api.complete(call) },
        .post("/api/hover") { api, call in try api.hover(call) },
        .get("/api/gallery") { api, _ in .json(Gallery(api.library).list) },
        .get("/api/gallery/*") { api, call in .json(try Gallery(api.library).entry(call.id)) },
        .get("/api/samples") { _, _ in .json(Samples.json) },
        .get("/api/templates") { _, _ in .json(Templates.json) },
        .get("/api/tutorial") { _, _ in .json(Tutorial.json) },
        .post("/api/tutorial/*") { api, call in try api.checkTutorial(call) },
        .post("/api/bundle") { api, call in try api.pack(call) },
        .post("/api/bundle/open", type: "application/gzip") { api, call in try api.unpack(call) },
        .post("/api/files/open") { api, call in try api.sort(call) },
        .post("/api/fix") { api, call in try api.fix(call) },
        .get("/api/workspace") { api, _ in .json(try api.store.load()) },
        Endpoint(method: "PUT", path: "/api/workspace", bodyType: "application/json") { api, call in try api.save(call) },
        .post("/api/command") { api, call in try CommandLines.answer(call, api.limits) },
    ]

    private var info: JSON {
        let editor = Assets.files(below: "codemirror").map { String($0.path.dropFirst("codemirror/".count)) }
        return .object([
            ("version", .string(options.version)), ("readOnly", .bool(options.isReadOnly)),
            ("hasWorkspace", .bool(options.workspace != nil && !options.isReadOnly)),
            ("hasInitial", .bool(store.hasFiles)),
            ("editor", .string(editor.isEmpty ? "textarea" : "codemirror")), ("codemirror", .strings(editor)),
            (
                "limits",
                .object([
                    ("bodyBytes", .int(limits.body)), ("steps", .int(limits.steps)), ("memoryBytes", .int(limits.memory)),
                    ("seconds", .double(limits.seconds)),
                ])
            ),
        ])
    }
}
