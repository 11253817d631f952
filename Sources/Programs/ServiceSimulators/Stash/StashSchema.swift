/// The part of Stash's GraphQL schema that a photo bot can meet: its queries over images, galleries, tags and
/// performers with their filters, the status queries, and the mutations for ratings and tags.
///
/// Names, types and nullability are Stash's (develop branch, 0.31); scenes and scraping are left out. `rating` and
/// `path` of old versions are absent on purpose: a query that still uses them must fail here as it does there.
enum StashSchema {
    static let source = """
        scalar Time
        scalar Int64
        scalar Map
        scalar Any

        enum SortDirectionEnum { ASC DESC }
        enum CriterionModifier {
          EQUALS NOT_EQUALS GREATER_THAN LESS_THAN IS_NULL NOT_NULL INCLUDES_ALL INCLUDES EXCLUDES
          MATCHES_REGEX NOT_MATCHES_REGEX BETWEEN NOT_BETWEEN
        }
        enum ResolutionEnum {
          VERY_LOW LOW R360P STANDARD WEB_HD STANDARD_HD FULL_HD QUAD_HD VR_HD FOUR_K FIVE_K SIX_K SEVEN_K EIGHT_K HUGE
        }
        enum OrientationEnum { LANDSCAPE PORTRAIT SQUARE }
        enum SystemStatusEnum { SETUP NEEDS_MIGRATION OK }
        enum BulkUpdateIdMode { SET ADD REMOVE }

        input FindFilterType { q: String page: Int per_page: Int sort: String direction: SortDirectionEnum }
        input StringCriterionInput { value: String! modifier: CriterionModifier! }
        input IntCriterionInput { value: Int! value2: Int modifier: CriterionModifier! }
        input DateCriterionInput { value: String! value2: String modifier: CriterionModifier! }
        input TimestampCriterionInput { value: String! value2: String modifier: CriterionModifier! }
        input MultiCriterionInput { value: [ID!] modifier: CriterionModifier! excludes: [ID!] }
        input HierarchicalMultiCriterionInput { value: [ID!] modifier: CriterionModifier! depth: Int excludes: [ID!] }
        input ResolutionCriterionInput { value: ResolutionEnum! modifier: CriterionModifier! }
        input OrientationCriterionInput { value: [OrientationEnum!]! }
        input ImageFileFilterInput {
          format: StringCriterionInput resolution: ResolutionCriterionInput orientation: OrientationCriterionInput
        }
        input FileFilterType {
          AND: FileFilterType OR: FileFilterType NOT: FileFilterType path: StringCriterionInput
          basename: StringCriterionInput dir: StringCriterionInput mod_time: TimestampCriterionInput
          image_file_filter: ImageFileFilterInput image_count: IntCriterionInput
          created_at: TimestampCriterionInput updated_at: TimestampCriterionInput
        }
        input ImageFilterType {
          AND: ImageFilterType OR: ImageFilterType NOT: ImageFilterType
          title: StringCriterionInput details: StringCriterionInput id: IntCriterionInput checksum: StringCriterionInput
          path: StringCriterionInput file_count: IntCriterionInput rating100: IntCriterionInput
          date: DateCriterionInput url: StringCriterionInput organized: Boolean o_counter: IntCriterionInput
          resolution: ResolutionCriterionInput orientation: OrientationCriterionInput is_missing: String
          studios: HierarchicalMultiCriterionInput tags: HierarchicalMultiCriterionInput tag_count: IntCriterionInput
          performer_tags: HierarchicalMultiCriterionInput performers: MultiCriterionInput
          performer_count: IntCriterionInput performer_favorite: Boolean performer_age: IntCriterionInput
          galleries: MultiCriterionInput created_at: TimestampCriterionInput updated_at: TimestampCriterionInput
          code: StringCriterionInput photographer: StringCriterionInput galleries_filter: GalleryFilterType
          performers_filter: PerformerFilterType tags_filter: TagFilterType files_filter: FileFilterType
        }
        input GalleryFilterType {
          AND: GalleryFilterType OR: GalleryFilterType NOT: GalleryFilterType id: IntCriterionInput
          title: StringCriterionInput path: StringCriterionInput rating100: IntCriterionInput organized: Boolean
          tags: HierarchicalMultiCriterionInput performers: MultiCriterionInput image_count: IntCriterionInput
          date: DateCriterionInput is_missing: String
        }
        input PerformerFilterType {
          AND: PerformerFilterType OR: PerformerFilterType NOT: PerformerFilterType name: StringCriterionInput
          filter_favorites: Boolean rating100: IntCriterionInput image_count: IntCriterionInput
        }
        input TagFilterType {
          AND: TagFilterType OR: TagFilterType NOT: TagFilterType name: StringCriterionInput
          aliases: StringCriterionInput favorite: Boolean image_count: IntCriterionInput
        }
        input BulkUpdateIds { ids: [ID!] mode: BulkUpdateIdMode! }
        input ImageUpdateInput {
          clientMutationId: String id: ID! title: String code: String rating100: Int organized: Boolean urls: [String!]
          date: String details: String photographer: String studio_id: ID performer_ids: [ID!] tag_ids: [ID!]
          gallery_ids: [ID!] primary_file_id: ID
        }
        input BulkImageUpdateInput {
          clientMutationId: String ids: [ID!] title: String code: String rating100: Int organized: Boolean date: String
          details: String photographer: String studio_id: ID performer_ids: BulkUpdateIds tag_ids: BulkUpdateIds
          gallery_ids: BulkUpdateIds
        }

        type Fingerprint { type: String! value: String! }
        interface BaseFile {
          id: ID! path: String! basename: String! mod_time: Time! size: Int64! fingerprint(type: String!): String
          fingerprints: [Fingerprint!]! created_at: Time! updated_at: Time!
        }
        type ImageFile implements BaseFile {
          id: ID! path: String! basename: String! mod_time: Time! size: Int64! fingerprint(type: String!): String
          fingerprints: [Fingerprint!]! format: String! width: Int! height: Int! created_at: Time! updated_at: Time!
        }
        type VideoFile implements BaseFile {
          id: ID! path: String! basename: String! mod_time: Time! size: Int64! fingerprint(type: String!): String
          fingerprints: [Fingerprint!]! format: String! width: Int! height: Int! duration: Float! video_codec: String!
          audio_codec: String! frame_rate: Float! bit_rate: Int! created_at: Time! updated_at: Time!
        }
        union VisualFile = VideoFile | ImageFile

        type ImagePathsType { thumbnail: String preview: String image: String }
        type Tag { id: ID! name: String! aliases: [String!]! favorite: Boolean! image_count(depth: Int): Int! }
        type Performer { id: ID! name: String! favorite: Boolean! rating100: Int image_count: Int! }
        type Studio { id: ID! name: String! }
        type Gallery {
          id: ID! title: String code: String date: String details: String rating100: Int organized: Boolean!
          image_count: Int! tags: [Tag!]! performers: [Performer!]! created_at: Time! updated_at: Time!
        }
        type Image {
          id: ID! title: String code: String rating100: Int urls: [String!]! date: String details: String
          photographer: String o_counter: Int organized: Boolean! created_at: Time! updated_at: Time!
          visual_files: [VisualFile!]! paths: ImagePathsType! galleries: [Gallery!]! studio: Studio tags: [Tag!]!
          performers: [Performer!]!
        }
        type FindImagesResultType { count: Int! megapixels: Float! filesize: Float! images: [Image!]! }
        type FindGalleriesResultType { count: Int! galleries: [Gallery!]! }
        type FindTagsResultType { count: Int! tags: [Tag!]! }
        type FindPerformersResultType { count: Int! performers: [Performer!]! }
        type Version { version: String hash: String! build_time: String! }
        type SystemStatus { databaseSchema: Int databasePath: String appSchema: Int! status: SystemStatusEnum! os: String! }
        type StatsResultType {
          scene_count: Int! image_count: Int! images_size: Float! gallery_count: Int! performer_count: Int! tag_count: Int!
        }

        type Query {
          findImage(id: ID, checksum: String): Image
          findImages(
            image_filter: ImageFilterType image_ids: [Int!] ids: [ID!] filter: FindFilterType): FindImagesResultType!
          findGallery(id: ID!): Gallery
          findGalleries(
            gallery_filter: GalleryFilterType filter: FindFilterType ids: [ID!]): FindGalleriesResultType!
          findTags(tag_filter: TagFilterType filter: FindFilterType ids: [ID!]): FindTagsResultType!
          findPerformers(
            performer_filter: PerformerFilterType filter: FindFilterType ids: [ID!]): FindPerformersResultType!
          stats: StatsResultType!
          systemStatus: SystemStatus!
          version: Version!
        }
        type Mutation {
          imageUpdate(input: ImageUpdateInput!): Image
          bulkImageUpdate(input: BulkImageUpdateInput!): [Image!]
          imageIncrementO(id: ID!): Int!
          imageDecrementO(id: ID!): Int!
        }
        """
}
