package import Diagnostics
package import Rego
package import RegoRuntime
package import RegoSyntax
package import Schemas
import Synchronization
import Text

/// What `input` may be, by the types that the API has in one release: for the type check of policies.
package final class KubernetesInput: Sendable {
    /// The release whose types they are.
    package let release: Release
    private let state: Mutex<State>

    private struct State {
        var shapes = ShapeTypes()
        var input: RegoType?
        var object: RegoType?
    }

    package init(_ release: Release) {
        self.release = release
        state = Mutex(State())
    }

    /// The types of the release that a version means; the newest one's for `latest` and for none.
    package convenience init(_ version: KubernetesVersion?) {
        self.init(version.flatMap { Release($0.text) } ?? TypeCatalogue.builtin.newest)
    }

    /// What is wrong with how policies use `input`, as warnings. Nothing when a schema says what it is.
    package func problems(in modules: [Module], builtins: BuiltinTable, options: CompileOptions = CompileOptions())
        -> [Diagnostic]
    {
        guard modules.contains(where: { Self.concerns($0.file) }) else { return [] }
        return Engine.problems(presuming: presumed, in: modules, builtins: builtins, options: options)
    }

    /// The schemas that `kubernetes:1.33` stands for: of all input an object of any kind, or a request about one; by name
    /// those of kinds, as `schema.Deployment` and `schema["apps/v1"].Deployment`.
    package var schemas: SchemaSet {
        SchemaSet { path in
            if path.isEmpty { return .anyOf([self.input, .array(of: self.element)]) }
            let apiVersion = path.dropLast().joined(separator: "/")
            return self.objects([path[path.count - 1]]) { apiVersion.isEmpty || $0.apiVersion == apiVersion }
        }
    }

    private var presumed: PresumedInput {
        let places = ["request", "review"].flatMap { [[$0, "object"], [$0, "oldObject"]] }
        let kinds = ["request", "review"].map { (path: [$0, "kind", "kind"], object: [$0, "object"]) }
        return PresumedInput(
            type: input, element: element, object: object, objectPaths: [[]] + places, kindPaths: kinds,
            name: "Kubernetes \(release)", kind: { self.objects($0) { _ in true } }, concerns: Self.concerns,
            namesOtherGroups: Self.namesOtherGroups)
    }

    // MARK: Types

    /// An object of any kind that is stored.
    private var object: RegoType {
        state.withLock { state in
            if let known = state.object { return known }
            let catalogue = TypeCatalogue.builtin
            // What the API server keeps for itself is open where all other kinds are not.
            let types = catalogue.allKinds.filter { $0.isStored && $0.group != "internal.apiserver.k8s.io" }.compactMap {
                catalogue.shape(of: $0, in: release).map { state.shapes.type(of: $0) }
            }
            let type = RegoType.anyOf(types)
            state.object = type
            return type
        }
    }

    /// An object of any of some kinds; nil when the release does not have one of them.
    private func objects(_ kinds: [String], where isMeant: (KindEntry) -> Bool) -> RegoType? {
        let catalogue = TypeCatalogue.builtin
        var types: [RegoType] = []
        for kind in kinds {
            let shapes = catalogue.kinds(named: kind).filter(isMeant).compactMap { catalogue.shape(of: $0, in: release) }
            if shapes.isEmpty { return nil }
            types += state.withLock { state in shapes.map { state.shapes.type(of: $0) } }
        }
        return .anyOf(types)
    }

    /// The input where its members are named: an object, or a request about one.
    private var input: RegoType {
        let object = object
        return state.withLock { state in
            if let known = state.input { return known }
            let requests = [RequestShapes.review, RequestShapes.gatekeeper].map { state.shapes.type(of: $0) }
            let type = RegoType.anyOf([object] + requests.map { Self.filled($0, object) })
            state.input = type
            return type
        }
    }

    /// Files with their contents, as Conftest combines them, or objects.
    private var element: RegoType {
        let file = RegoType.object(static: [.init("path", .string), .init("contents", object)], dynamic: nil)
        return .anyOf([object, file])
    }

    /// A type of requests with the type of their objects in place.
    private static func filled(_ type: RegoType, _ object: RegoType) -> RegoType {
        guard case .object(var properties, let rest) = type else { return type }
        for index in properties.indices {
            switch properties[index].key {
            case "object", "oldObject": properties[index].type = .union([object, .null])
            case "request", "review": properties[index].type = filled(properties[index].type, object)
            default: continue
            }
        }
        return .object(static: properties, dynamic: rest)
    }

    // MARK: Modules

    private static let marks = ["apiVersion", "kind", "metadata", "input.request", "input.review", "input.spec"].map {
        Array($0.utf8)
    }

    /// Whether a module is about objects of Kubernetes: policies of other files have names of their own.
    private static func concerns(_ file: SourceFile) -> Bool {
        marks.contains { ByteSearch.first($0, in: file.bytes) != nil }
    }

    /// Kinds that OpenShift and Knative (Ingress), Calico and Antrea (NetworkPolicy) have by the same name: whose is meant,
    /// only the group says.
    private static let sharedKinds = ["\"Ingress\"", "\"NetworkPolicy\""].map { Array($0.utf8) }
    private static let ownGroups = ["networking.k8s.io", "extensions/"].map { Array($0.utf8) }

    /// Whether a module names a group or an `apiVersion` that the API does not have. Kinds of such groups have names that
    /// the API has too.
    private static func namesOtherGroups(_ file: SourceFile) -> Bool {
        if sharedKinds.contains(where: { ByteSearch.first($0, in: file.bytes) != nil }),
            !ownGroups.contains(where: { ByteSearch.first($0, in: file.bytes) != nil })
        {
            return true
        }
        return file.bytes.split(separator: UInt8(ascii: "\""), omittingEmptySubsequences: false).contains { part in
            guard part.count < 100, part.contains(UInt8(ascii: ".")) else { return false }
            let group = part.prefix { $0 != UInt8(ascii: "/") }
            guard group.contains(UInt8(ascii: ".")), group.first != UInt8(ascii: "."),
                group.allSatisfy({ $0 == 0x2D || $0 == 0x2E || 0x30...0x39 ~= $0 || 0x61...0x7A ~= $0 })
            else { return false }
            return !TypeCatalogue.builtin.hasGroup(String(decoding: group, as: UTF8.self))
        }
    }
}
