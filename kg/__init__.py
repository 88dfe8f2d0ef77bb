"""policy-kg: from Chinese policy documents to a graph that shows how policies travel."""
