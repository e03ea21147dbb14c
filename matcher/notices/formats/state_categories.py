"""The funding categories of state portals: California and Pennsylvania share most of their names."""

STATE_CATEGORIES: dict[str, tuple[str, ...]] = {
    "agriculture": ("agriculture",),
    "animal services": ("other",),
    "community & economic development": ("community_development", "business_and_commerce"),
    "consumer protection": ("consumer_protection",),
    "creative industry": ("arts",),
    "disadvantaged communities": ("other",),
    "disaster prevention & relief": ("disaster_prevention_and_relief",),
    "education": ("education",),
    "employment, labor & training": ("employment_labor_and_training",),
    "employment, labor, & training": ("employment_labor_and_training",),
    "energy": ("energy",),
    "environment & water": ("environment",),
    "food & nutrition": ("food_and_nutrition",),
    "health & human services": ("health", "income_security_and_social_services"),
    "housing": ("housing",),
    "housing, community and economic development": ("housing", "community_development"),
    "law, justice, & legal services": ("law_justice_and_legal_services",),
    "law, justice, and legal services": ("law_justice_and_legal_services",),
    "libraries and arts": ("arts", "humanities"),
    "parks & recreation": ("recreation_and_tourism",),
    "science, technology, and r&d": ("science_technology_and_other_research_and_development",),
    "science, technology, and research & development": ("science_technology_and_other_research_and_development",),
    "transportation": ("transportation",),
    "veterans & military": ("other",),
}
"""Their names, in small letters, and the categories of Simpler.Grants.gov that cover the same ground."""
