import Diagnostics
import Documents
import GoTemplate
import Helm
import HelmCrypto
import Inputs
import Renderings
import RegoRuntime

/// What of the sources is built, and with what.
struct BuildChoice: Sendable {
    /// The folder of the chart or kustomization, as `sources/web`; nil for all that stand on their own.
    var path: String?
    /// Files with values for charts, as `sources/web/values-prod.yaml`.
    var values: [String] = []
    var release: String?
    var namespace: String?

    init() {}

    init(_ value: Value) throws(PlaygroundError) {
        if value.isUndefined || value.kind == .null { return }
        guard value.kind == .object else { throw .badRequest("`options.build` must be an object.") }
        let reader = MemberReader(value, place: "options.build")
        path = try reader.string("path").flatMap { $0.isEmpty ? nil : $0 }
        release = try reader.string("release").flatMap { $0.isEmpty ? nil : $0 }
        namespace = try reader.string("namespace").flatMap { $0.isEmpty ? nil : $0 }
        let files = value.field("values")
        if files.isUndefined || files.kind == .null { return }
        values = files.items.compactMap(\.stringValue)
        guard files.kind == .array, values.count == files.count else {
            throw .badRequest("`options.build.values` must be an array of strings.")
        }
    }
}

/// The charts and kustomizations among the sources, those that are chosen built.
struct SourceBuilds {
    let repository: TextRepository
    private(set) var builds: [(root: TextRepository.Root, build: TextBuild)] = []
    private(set) var problems: [Diagnostic] = []
    /// Sources that nothing is built of.
    private(set) var plain: [SourceFile] = []

    /// More are not built in one request.
    private static let mostBuilds = 100

    init(_ workspace: Workspace, _ choice: BuildChoice, limits: PlaygroundLimits, budget: RunBudget) {
        let map = SourceMap()
        var settings = TextRepository.Settings()
        (settings.values, settings.releaseName, settings.namespace) = (choice.values, choice.release, choice.namespace)
        settings.functions = { HelmCrypto.table }
        settings.largestObjectCount = limits.resources
        settings.bounds.limits.steps = limits.templateSteps
        settings.bounds.limits.output = limits.rendered
        settings.bounds.limits.allOutput = limits.rendered
        settings.bounds.limits.made = limits.memory
        settings.bounds.isCancelled = { budget.isSpent }
        let files = workspace[.sources].map { ("\(Workspace.Pane.sources.rawValue)/\($0.path)", Array($0.text.utf8)) }
        repository = TextRepository(files, settings, sources: map)
        let own = repository.roots.filter { $0.path == choice.path }
        let chosen = own.isEmpty ? repository.roots.filter(\.isOwn) : own
        for root in chosen.prefix(Self.mostBuilds) {
            if budget.isSpent {
                problems.append(Self.limit("the time was over before \(root.path) was built"))
                break
            }
            let build = repository.build(root)
            problems += build.problems
            builds.append((root, build))
        }
        if chosen.count > Self.mostBuilds {
            problems.append(
                Self.limit("only the first \(Self.mostBuilds) of \(chosen.count) charts and kustomizations are built"))
        }
        if !own.isEmpty { return }
        // What belongs to nothing is judged as it is.
        let texts = Dictionary(files) { first, _ in first }
        for path in repository.plainFiles(besides: builds.map(\.build)) {
            if let source = try? map.source(path: path, bytes: texts[path] ?? []) { plain.append(source) }
        }
    }

    private static func limit(_ message: String) -> Diagnostic { Diagnostic(code: "limit_error", message: message) }

    /// Whether something that was to be built is not.
    var isIncomplete: Bool { builds.contains { !$0.build.record.isBuilt } }
}

// MARK: JSON

extension SourceBuilds {
    /// - Parameter room: bytes of texts that are shown.
    func json(room: Int) -> JSON {
        var room = room
        return .array(
            repository.roots.map { root in
                let index = builds.firstIndex { $0.root == root }
                return json(root, index.map { builds[$0].build }, index, &room)
            })
    }

    private func json(_ root: TextRepository.Root, _ build: TextBuild?, _ index: Int?, _ room: inout Int) -> JSON {
        var members: [(String, JSON)] = [
            ("path", .string(root.path)), ("kind", .string(root.kind.rawValue)), ("isPart", .bool(root.isPart)),
            ("usedBy", .strings(root.usedBy)),
        ]
        if root.kind == .chart { members.append(("valuesFiles", .strings(repository.valuesFiles(of: root)))) }
        guard let build, let index else { return .object(members) }
        members.append(("number", .int(index)))
        members.append(("objects", .int(build.objects.count)))
        if !build.record.isBuilt { members.append(("reason", .string(build.record.reason))) }
        return .object(members + Self.shown(build, &room))
    }

    /// The text with the places of its lines, each place once.
    private static func shown(_ build: TextBuild, _ room: inout Int) -> [(String, JSON)] {
        var lines: [JSON] = [], origins: [JSON] = [], numbers: [TextBuild.Place: Int] = [:], end = 0
        for places in build.lines {
            let next = (build.text[end...].firstIndex(of: 0x0A) ?? build.text.count - 1) + 1
            room -= next - end + 8 * places.count
            if room < 0 { break }
            end = next
            lines.append(
                .array(
                    places.map { place in
                        if let known = numbers[place] { return .int(known) }
                        numbers[place] = origins.count
                        origins.append(.object([("at", .place(place.range)), ("role", .string(place.role))]))
                        return .int(origins.count - 1)
                    }))
        }
        let text = String(decoding: build.text[..<end], as: UTF8.self)
        return [
            ("text", .string(text)), ("lines", .array(lines)), ("origins", .array(origins)),
            ("truncated", .bool(lines.count < build.lines.count)),
        ]
    }
}
