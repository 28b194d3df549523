import Inputs
import Judging

/// Objects that are looked at together. What a build makes is applied without what another one makes, such as another
/// environment: each build is a scene of its own, with the objects of plain files about it, and those of other builds that are
/// applied to the same place.
struct Scenes {
    /// The objects of a file or of a build.
    struct Part {
        var resources: [Resource]
        var destination: String?
        /// Whether it is applied beside all others.
        var isAddition: Bool

        init(resources: [Resource], destination: String?, isAddition: Bool) {
            (self.resources, self.destination, self.isAddition) = (resources, destination, isAddition)
        }

        init(_ contents: ResourceReader.Contents) {
            self.init(resources: contents.resources, destination: contents.destination, isAddition: contents.isAddition)
        }
    }

    struct Scene {
        var judged: [Resource]
        /// Objects beside them that policies see.
        var others: [Resource]
        /// Further ones, between the two, that are beside other scenes as well.
        var shared: SharedObjects.Beside?

        /// The same with the namespace that the API server fills in where a manifest names none.
        var withNamespaces: Scene {
            let present = shared?.joined(with: judged + others) ?? judged + others
            return Scene(
                judged: judged.map(\.withNamespace), others: present[judged.count...].map(\.withNamespace))
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
    init(_ contents: [Part], files: Int) {
        all = contents.flatMap(\.resources)
        let plain = contents.prefix(files).flatMap(\.resources)
        let builds = Array(contents.dropFirst(files).filter { !$0.resources.isEmpty })
        if builds.isEmpty {
            list = [Scene(judged: plain, others: [])]
            return
        }
        var known = Set(plain.map(Key.init)), others: [Resource] = []
        var places: [String: [Int]] = [:]
        for (index, build) in builds.enumerated() {
            others += build.resources.filter { !known.contains(Key($0)) }
            known.formUnion(build.resources.map(Key.init))
            if let place = build.destination { places[place, default: []].append(index) }
        }
        if !plain.isEmpty { list.append(Scene(judged: plain, others: others)) }
        let surroundings = Surroundings(plain), applied = builds.indices.filter { !builds[$0].isAddition }
        var ofPlaces: [String: Surroundings] = [:], ofAdditions: Surroundings?
        for (index, build) in builds.enumerated() {
            let near = build.isAddition ? applied : build.destination.flatMap { places[$0] } ?? []
            // What many builds stand in is made once; what few do, for each of them.
            if near.count < Self.many {
                list.append(surroundings.scene(of: build, beside: near.lazy.filter { $0 != index }.map { builds[$0] }))
                continue
            }
            let key = build.isAddition ? "" : build.destination ?? ""
            let all = (build.isAddition ? ofAdditions : ofPlaces[key]) ?? Surroundings(plain, near.map { builds[$0] })
            if build.isAddition { ofAdditions = all } else { ofPlaces[key] = all }
            list.append(all.scene(of: build, beside: []))
        }
    }

    /// How many builds in one place are many.
    private static let many = 8

    /// Objects that several scenes have about them.
    private struct Surroundings {
        private let shared: SharedObjects
        private let numbers: [Key: [Int]]

        /// Objects of plain files, and of builds those that no earlier one makes.
        init(_ plain: [Resource], _ builds: [Part] = []) {
            var resources = plain, known: Set<Key> = []
            for build in builds { resources += build.resources.filter { known.insert(Key($0)).inserted } }
            shared = SharedObjects(resources)
            numbers = Dictionary(grouping: resources.indices) { Key(resources[$0]) }
        }

        /// A build among them, which hides what it makes itself, and among others.
        func scene(of build: Part, beside others: some Sequence<Part>) -> Scene {
            var own = Set(build.resources.map(Key.init))
            let hidden = Set(own.flatMap { numbers[$0] ?? [] })
            let about = others.flatMap { $0.resources.filter { own.insert(Key($0)).inserted } }
            return Scene(
                judged: build.resources, others: about,
                shared: SharedObjects.Beside(shared, hidden: hidden, position: build.resources.count))
        }
    }
}
