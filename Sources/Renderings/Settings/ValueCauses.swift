package import Documents
package import Kustomize
import Synchronization

/// What put the values of kustomized objects where they are, which a document does not say. Filled while kustomizations are
/// built, when `BuildSettings.causes` asks for it.
package final class ValueCauses: Sendable {
    /// An object is known by where it stands: each build numbers the texts that it reads anew.
    private struct Key: Hashable {
        var start: UInt32
        var kind: String
        var name: String

        init(_ document: Document) {
            start = document.rootSpan.start
            kind = document.root.field("kind").stringValue ?? ""
            name = document.root.field("metadata").field("name").stringValue ?? ""
        }
    }

    private let places = Mutex<[Key: RenderedObject.Place]>([:])

    package init() {}

    func record(_ object: RenderedObject) {
        let key = Key(object.document)
        places.withLock { $0[key] = object.places }
    }

    /// What put the value at a path there; nil when no kustomization made the object.
    package func cause(at path: DocumentPath, of document: Document) -> Origin.Cause? {
        place(path, document)?.origin.cause
    }

    /// What put further parts of the value at a path there, such as a prefix of a name.
    package func causesOfParts(at path: DocumentPath, of document: Document) -> [Origin.Cause] {
        place(path, document)?.parts.map(\.cause) ?? []
    }

    private func place(_ path: DocumentPath, _ document: Document) -> RenderedObject.Place? {
        let key = Key(document)
        return places.withLock { $0[key] }?.place(path)
    }
}
