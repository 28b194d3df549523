import Inputs

/// Objects that are looked at together. What a build makes is applied without what another one makes, such as another
/// environment: each build is a scene of its own, with the objects of plain files about it.
struct Scenes {
    struct Scene {
        var judged: [Resource]
        /// Objects beside them that policies see.
        var others: [Resource]

        /// The same with the namespace that the API server fills in where a manifest names none.
        var withNamespaces: Scene {
            Scene(judged: judged.map(\.withNamespace), others: others.map(\.withNamespace))
        }
    }

    private struct Key: Hashable {
        var group: String
        var kind: String
        var namespace: String?
        var name: String

        init(_ resource: Resource) {
            group = resource.type.group
            kind = resource.type.kind
            namespace = resource.namespace
            name = resource.name
        }
    }

    let all: [Resource]
    private(set) var list: [Scene] = []

    /// - Parameters:
    ///   - contents: the objects of each file, and after them of each build.
    ///   - files: the number of files.
    init(_ contents: [[Resource]], files: Int) {
        all = contents.flatMap { $0 }
        let plain = contents.prefix(files).flatMap { $0 }
        let builds = contents.dropFirst(files)
        if builds.isEmpty {
            list = [Scene(judged: plain, others: [])]
            return
        }
        var known = Set(plain.map(Key.init)), others: [Resource] = []
        for build in builds {
            others += build.filter { !known.contains(Key($0)) }
            known.formUnion(build.map(Key.init))
        }
        if !plain.isEmpty { list.append(Scene(judged: plain, others: others)) }
        for build in builds {
            let own = Set(build.map(Key.init))
            list.append(Scene(judged: build, others: plain.filter { !own.contains(Key($0)) }))
        }
    }
}
